import type { Child } from "hono/jsx";

/** What each kind of field shares. `name` is also its id: the error summary links to it. */
type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Said at the field and in the summary; the field is then marked invalid. */
  readonly fault?: string | undefined;
  /** The next key belongs here: the script puts the focus on it where it is in sight. One a page. */
  readonly starts?: boolean | undefined;
};

type FrameProps = FieldProps & { readonly children: Child };

const FieldFrame = ({ name, label, hint, fault, children }: FrameProps) => (
  <div class={fault ? "field faulty" : "field"}>
    <label for={name}>{label}</label>
    <Said name={name} hint={hint} fault={fault} />
    {children}
  </div>
);

const Said = ({ name, hint, fault }: Pick<FieldProps, "name" | "hint" | "fault">) => (
  <>
    {hint && (
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    {fault && (
      <p class="fault" id={`${name}-fault`}>
        {fault}
      </p>
    )}
  </>
);

/** Ties a field to what is said of it, for whoever hears the page. */
function told({ name, hint, fault }: FieldProps) {
  const ids = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(" ");
  return { "aria-describedby": ids || undefined, "aria-invalid": fault ? ("true" as const) : undefined };
}

/** Where a page has two forms with a field of this name: what the second one is called instead. */
type OwnId = { readonly id?: string | undefined };

type TextFieldProps = FieldProps &
  OwnId & {
    readonly value?: string | undefined;
    readonly type?: "text" | "password" | "date" | "time" | "search" | "tel" | "email";
    readonly look?: "short" | "digits";
    readonly numeric?: boolean;
    readonly maxlength?: number;
    /** WCAG 2.2 §1.3.5; `off` for what belongs to a citizen, since the counter's browser must not remember it. */
    readonly autocomplete?: string;
    readonly required?: boolean;
    /** Offered while typing; anything else may be written too. */
    readonly suggestions?: readonly string[];
  };

export const TextField = (props: TextFieldProps) => {
  const { name, value, type = "text", look, numeric = false, maxlength, autocomplete = "off", starts } = props;
  const { suggestions } = props;
  const own = { ...props, name: props.id ?? name };
  return (
    <FieldFrame {...own}>
      <input
        id={own.name}
        name={name}
        type={type}
        class={look}
        value={value}
        inputmode={numeric ? "numeric" : undefined}
        maxlength={maxlength}
        autocomplete={autocomplete}
        autocapitalize={type === "text" && autocomplete !== "username" ? undefined : "none"}
        spellcheck={false}
        data-start={starts ? "" : undefined}
        required={props.required ?? true}
        list={suggestions && `${own.name}-list`}
        {...told(own)}
      />
      {suggestions && (
        <datalist id={`${own.name}-list`}>
          {suggestions.map((one) => (
            <option value={one} />
          ))}
        </datalist>
      )}
    </FieldFrame>
  );
};

type TextAreaProps = FieldProps & { readonly value?: string | undefined; readonly maxlength?: number };

export const TextArea = (props: TextAreaProps) => (
  <FieldFrame {...props}>
    <textarea
      id={props.name}
      name={props.name}
      rows={4}
      maxlength={props.maxlength}
      autocomplete="off"
      {...told(props)}
    >
      {props.value ?? ""}
    </textarea>
  </FieldFrame>
);

type Option = { readonly value: string; readonly label: string; readonly hint?: string | undefined };
type OptionsProps = FieldProps & { readonly options: readonly Option[]; readonly value?: string | undefined };

export const SelectField = (props: OptionsProps) => (
  <FieldFrame {...props}>
    <select id={props.name} name={props.name} data-start={props.starts ? "" : undefined} {...told(props)}>
      {props.options.map(({ value, label }) => (
        <option value={value} selected={value === props.value}>
          {label}
        </option>
      ))}
    </select>
  </FieldFrame>
);

/** A few ways, all in sight. The first carries the group's name as id, so that the summary's link lands on it. */
export const RadioGroup = (props: OptionsProps) => (
  <fieldset class={props.fault ? "field faulty" : "field"} aria-describedby={told(props)["aria-describedby"]}>
    <legend>{props.label}</legend>
    <Said name={props.name} hint={props.hint} fault={props.fault} />
    {props.options.map((option, i) => (
      <Choice
        type="radio"
        id={i === 0 ? props.name : `${props.name}-${option.value}`}
        name={props.name}
        option={option}
        checked={option.value === props.value}
      />
    ))}
  </fieldset>
);

type ChecksProps = FieldProps & { readonly options: readonly Option[]; readonly values: readonly string[] };

/** Several at once; each is sent under the same name. */
export const CheckGroup = (props: ChecksProps) => (
  <fieldset class={props.fault ? "field faulty" : "field"} aria-describedby={told(props)["aria-describedby"]}>
    <legend>{props.label}</legend>
    <Said name={props.name} hint={props.hint} fault={props.fault} />
    {props.options.map((option, i) => (
      <Choice
        type="checkbox"
        id={i === 0 ? props.name : `${props.name}-${option.value}`}
        name={props.name}
        option={option}
        checked={props.values.includes(option.value)}
      />
    ))}
  </fieldset>
);

/** One yes, sent as `yes`. */
export const CheckField = (props: FieldProps & OwnId & { readonly checked?: boolean }) => (
  <div class={props.fault ? "field faulty" : "field"}>
    <Said name={props.name} fault={props.fault} />
    <Choice
      type="checkbox"
      id={props.id ?? props.name}
      name={props.name}
      option={{ value: "yes", label: props.label, hint: props.hint }}
      checked={props.checked ?? false}
      fault={props.fault}
      starts={props.starts}
    />
  </div>
);

type ChoiceProps = {
  readonly type: "radio" | "checkbox";
  readonly id: string;
  readonly name: string;
  readonly option: Option;
  readonly checked: boolean;
  readonly fault?: string | undefined;
  readonly starts?: boolean | undefined;
};

const Choice = ({ type, id, name, option, checked, fault, starts }: ChoiceProps) => {
  const ids = [option.hint && `${id}-more`, fault && `${name}-fault`].filter(Boolean).join(" ");
  return (
    <div class="choice">
      <input
        type={type}
        id={id}
        name={name}
        value={option.value}
        checked={checked}
        data-start={starts ? "" : undefined}
        aria-describedby={ids || undefined}
        aria-invalid={fault ? "true" : undefined}
      />
      <span>
        <label for={id}>{option.label}</label>
        {option.hint && (
          <span class="hint" id={`${id}-more`}>
            {option.hint}
          </span>
        )}
      </span>
    </div>
  );
};

type FileFieldProps = FieldProps & {
  readonly accept: string;
  readonly multiple?: boolean;
  /** The script shows how far an upload has come. */
  readonly progress?: boolean;
};

/** After every other field of its form: the guard reads the token before a file begins. */
export const FileField = (props: FileFieldProps) => (
  <FieldFrame {...props}>
    <input
      id={props.name}
      name={props.name}
      type="file"
      accept={props.accept}
      multiple={props.multiple ?? false}
      required
      data-upload={props.progress ? "" : undefined}
      data-start={props.starts ? "" : undefined}
      {...told(props)}
    />
  </FieldFrame>
);
