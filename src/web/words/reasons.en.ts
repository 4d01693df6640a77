import type { ReasonWord } from "./reasons.vi.ts";

export const reasonsEn: Readonly<Record<ReasonWord, string>> = {
  EMPTY_FILE: "The file is empty. Scan again and send it again.",
  UNRECOGNISED_TYPE: "The kind of file is unknown. Send a JPEG, PNG, TIFF, WebP or PDF file.",
  UNSUPPORTED_TYPE:
    "This kind of file is not taken here. Save it as JPEG, PNG, TIFF, WebP or PDF and send it again. HEIC of an iPhone: choose Settings > Camera > Formats > Most Compatible and take the picture again. A picture in four inks (CMYK) that shows as a negative: set the scanner to colour (RGB) and scan again.",
  TYPE_MISMATCH: "The content is of another kind than the file's name says. Export it anew without renaming it.",
  INVALID_FILENAME:
    "The file's name holds characters that cannot be used. Give it a short plain name and send it again.",
  CORRUPT_IMAGE: "The picture is damaged or cut off. Scan again and send it again.",
  IMAGE_TOO_LARGE: "The picture is too large. Scan at 200 to 300 dpi and send it again.",
  IMAGE_TOO_SMALL: "The picture is too small to be a page. Scan the whole page at 200 dpi or more.",
  RESOLUTION_TOO_LOW: "The resolution is below 200 dpi. Scan again at 200 dpi or more.",
  ANIMATED_IMAGE: "This is a moving picture. Send a still one, scanned from the original.",
  BLANK_PAGE: "The page is blank. Look at the original: if there is anything on it, scan it again.",
  CORRUPT_PDF: "The PDF is damaged. Scan again, or export it again, and send it.",
  NO_PAGES: "The PDF has no page. Scan again and send it again.",
  TOO_MANY_PAGES: "The file has too many pages. Split it and send the parts in order.",
  PAGE_TOO_LARGE: "A page of the PDF is larger than allowed. Scan it again at the paper's size.",
  DECOMPRESSION_LIMIT: "Unpacked, the file would be far too large, so it was not opened. Scan again and send it again.",
  ENCRYPTED_PDF: "The PDF is locked by a password. Send one without a password.",
  ACTIVE_CONTENT: "The PDF holds commands that run by themselves. Scan straight from the original into a new file.",
  EMBEDDED_FILE: "The PDF carries another file inside. Scan straight from the original into a new file.",
  EXTERNAL_REFERENCE: "The PDF takes content from elsewhere. Scan straight from the original into a new file.",
  OPTIONAL_CONTENT: "The PDF has layers, so that screen and print may differ. Scan straight from the original.",
  HIDDEN_CONTENT: "The PDF holds content that is not shown. Scan straight from the original into a new file.",
  FORM_FIELDS: "The PDF has form fields. Scan straight from the original into a new file.",
  XFA_FORM: "The PDF is an XFA form. Scan straight from the original into a new file.",
  POLYGLOT: "The file can be read as two different kinds, so it is not taken. Scan straight from the original.",
  GLARE:
    "A patch is burnt out by light. Look at the text there: if it is lost, switch the flash off, move the light and take it again.",
  CUT_OFF: "Text runs over the edge of the picture. Lay the paper so that all four edges show and scan it again.",
  CORNER_MISSING:
    "A corner of the paper is folded or outside the picture. Lay it flat with all four corners in and scan again.",
  COLOUR_LOST:
    "The seal has no red: the scan is grey, or the paper is a photocopy. Look at the original; if its seal is red, scan in colour.",
  DUPLICATE_PAGE:
    "This page is the same as one scanned before. See whether it was scanned twice, or another page was left out.",
  LIGHTER_PATCH:
    "The paper around the print is lighter here than around it, as where it was covered or rubbed out. The machine may be wrong. See whether the original was altered there.",
  OVERWRITTEN:
    "Blue ink lies on the print here. The machine may be wrong. See whether the original was altered or written over there.",
  BLURRED: "The picture is blurred. Look closely: if it cannot be read clearly, scan it again.",
  READING_FAILED: "The file could not be read in several tries. Scan again, or save it as JPEG, and send it again.",
};
