// The values that a webhook's fields can have, read from the master once, before anything is shown.
import { readChoices } from "./api.js";

export let choices = null;

export async function loadChoices() {
  choices ??= await readChoices();
}

/** Finds a webhook type; one that this master does not know is named by its constant. */
export const typeOf = (format) =>
  choices.types.find((type) => type.format === format) ?? { format, name: format };
