// Seals to the organisation's public key in the age format: the phone holds nothing that could open it again.
import { Encrypter } from "age-encryption";

export async function seal(recipient, told) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(new TextEncoder().encode(JSON.stringify(told)));
}
