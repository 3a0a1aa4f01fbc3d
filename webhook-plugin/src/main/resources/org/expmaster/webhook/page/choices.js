// What a webhook can be made of, as the master says it: read once, before anything is shown.
import { readChoices } from "./api.js";

export let choices = null;

export async function loadChoices() {
  choices ??= await readChoices();
}

/** A type that this master does not know is called by its constant. */
export const typeOf = (webhookType) =>
  choices.types.find((type) => type.webhookType === webhookType) ?? { webhookType, name: webhookType };
