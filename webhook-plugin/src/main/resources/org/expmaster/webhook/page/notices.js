// Short messages that disappear by themselves; screen readers read them out.
const STAY = 6_000;

/** Shows a message for a few seconds. */
export function say(text, kind = "good") {
  const notice = document.createElement("p");
  notice.className = `notice ${kind}`;
  notice.textContent = text;
  const all = document.getElementById("notices");
  all.append(notice);
  // opens the popover anew, above any dialog that is open by now
  all.hidePopover();
  all.showPopover();
  setTimeout(() => notice.remove(), STAY);
}
