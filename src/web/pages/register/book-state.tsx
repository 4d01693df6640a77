import { localDateOf } from "../../../core/kernel.ts";
import { numberText, yearOf } from "../../../core/register.ts";
import { Button, Form } from "../../design/form.tsx";
import { dayText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { PartProps } from "./register.tsx";

/** Certifying wants exactly one open book: what is missing is said here, to who can mend it and to who must ask. */
export const BookState = ({ speech: { say }, frame, mayOpen, book, books, today }: PartProps) => {
  const [open, another] = books;
  const year = yearOf(today);
  if (another !== undefined) {
    const texts = books.map((one) => one.bookText).join(", ");
    return <Notice tone="bad" title={say("severalBooks", { books: texts })} />;
  }
  if (open !== undefined) {
    const fills = { day: dayText(localDateOf(open.openedAt)), number: numberText(open.nextNumber) };
    return <p class="hint screen">{say("bookOpened", fills)}</p>;
  }
  return (
    <Notice tone="care" title={say("noBookTitle", { year })}>
      <p>{say("noBook")}</p>
      {mayOpen ? (
        <Form frame={frame} action="/books" once>
          <input type="hidden" name="book" value={book} />
          <p class="hint">{say("openBookNote")}</p>
          <Button>{say("openBook", { year })}</Button>
        </Form>
      ) : (
        <p class="next">{say("noBookAsk")}</p>
      )}
    </Notice>
  );
};

/** Told from 1 December, while there is time: without it nobody signs on the first working day of January. REG-2. */
export const NextBook = ({ speech: { say }, frame, mayOpen, book, year }: PartProps & { readonly year: number }) => (
  <Notice tone="care" title={say("nextBookTitle", { year })}>
    <p>{say("nextBook", { year })}</p>
    {mayOpen ? (
      <Form frame={frame} action="/books" once>
        <input type="hidden" name="book" value={book} />
        <input type="hidden" name="year" value={String(year)} />
        <Button>{say("openBook", { year })}</Button>
      </Form>
    ) : (
      <p class="next">{say("noBookAsk")}</p>
    )}
  </Notice>
);
