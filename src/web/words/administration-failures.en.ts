import type { AdministrationFailureCode } from "../../usecases/administration/failure.ts";

export const administrationFailuresEn: Record<AdministrationFailureCode, string> = {
  not_found: "There is no such entry in your agency. Load the list again.",
  development_only: "This can be done on a development installation only.",
  not_printable: "It holds a sign that the font of the copies cannot print. Type it again in plain Unicode letters.",
  user_name_taken: "This user name is taken. Choose another.",
  last_administrator: "This is the agency's last active administrator. Make somebody else an administrator first.",
  wrong_password: "The current password is not right. Type it again.",
  province_unfit:
    "Who watches for a province belongs to the province's own agency and has no other duty. Choose the duties again.",
  password_unchanged: "The new password is the current one. Choose another.",
  throttled: "Too many wrong attempts. Wait {wait}, then try again.",
  agency_fixed:
    "The agency has given certificate numbers, so name, province and code stay: copies and the public log name them.",
  agency_code_taken: "This code belongs to another agency. Check the code.",
  holder_not_signer: "This person does not have the duty “signs”. Give that duty first.",
  key_file_unreadable:
    "The file cannot be opened as a PKCS#12 key file with exactly one key. Export the .p12 or .pfx file again.",
  key_file_pin: "The PIN does not open the key file. Let the holder of the key type it again.",
  certificate_unreadable: "No certificate can be read in this file. Send a .cer, .crt or .pem file.",
  key_place_unknown: "That device or service is not configured. Choose again where the key lies.",
  key_too_weak: "The key is weaker than RSA of 2048 bits. Ask for a new certificate.",
  certificate_untrusted:
    "No authority that is trusted for this role issued the certificate. Check that the file carries its issuer's certificate.",
  certificate_expired: "The certificate has expired. Ask for a new one.",
  certificate_taken: "This certificate was registered before, even if that has ended. Each is registered once.",
  certificate_ended: "The registration of this certificate has ended already.",
  deed_missing: "An authorisation or assignment has a number, a day and an issuer. Fill in all three.",
  mandate_ended: "This right has ended already. Load the list again.",
  absence_twice:
    "This person is written down as away on those days already. End that absence first, or choose other days.",
  substitute_unfit: "A substitute is another person, active, with the duty to sign. Choose again.",
  absence_ended: "This absence has ended already. Load the list again.",
  picture_refused: "The picture is not taken ({reason}). Send a PNG with transparency, 120 to 2000 pixels a side.",
  picture_opaque: "The picture has no transparent ground. Remove the ground and save it as PNG again.",
  picture_colour:
    "The ink has the wrong colour: a signature is blue, a seal red (Decree 30/2020). Choose the right file.",
  picture_unread: "The picture could not be read just now. Send it again in a few minutes.",
  recipient_name_taken: "Your agency has a recipient of this name. Choose another name, or change that one.",
  key_over: "This key has ended or was rotated already. Load the page again.",
  book_names_in_use:
    "Numbers of this year were taken, or a book of it is open: the signs stay. Close a book that was opened by mistake and has no number, then choose them.",
  book_name_over:
    "The name of this book was changed, so none is opened under the former one. Load the page again, then open it under the new name.",
  book_open: "The book of this year is open. Only one of a kind may be; close it first.",
  book_closed: "This book is closed.",
  numbers_in_progress:
    "{count} numbers were taken and are neither issued nor voided. Finish or void them, then close the book.",
};
