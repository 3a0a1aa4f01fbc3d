// Shows, next to the user's work, why something failed and what to do about it.
import { html, nothing } from "./lit-html/lit-html.js";
import { loginAddress } from "./api.js";
import { sentence } from "./words.js";

export function failure(error) {
  if (!error) {
    return nothing;
  }
  return html`<div class="failure" role="alert">${words(error)}</div>`;
}

function words(error) {
  if (error.isLoggedOut) {
    return html`Your session has ended. <a href=${loginAddress()} target="_blank">Log in</a> in another tab, then try
      again here: nothing you entered is lost.`;
  }
  if (error.isAway) {
    return "The master does not answer. Nothing you entered is lost; try again in a moment.";
  }
  return sentence(error.message);
}
