// Short messages that come and go, read out by screen readers.
const STAY = 6_000;

/** Says something that happened; it goes away by itself. */
export function say(text, kind = "good") {
  const notice = document.createElement("p");
  notice.className = `notice ${kind}`;
  notice.textContent = text;
  const all = document.getElementById("notices");
  all.append(notice);
  // above whatever dialog is open by now
  all.hidePopover();
  all.showPopover();
  setTimeout(() => notice.remove(), STAY);
}
