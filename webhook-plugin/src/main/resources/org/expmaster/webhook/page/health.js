// A webhook's health: in words, and as a small chart of its last day.
import { html, svg } from "./lit-html/lit-html.js";
import { ago, fullTime, sentence } from "./words.js";

const HOURS = 24;
const HEIGHT = 20;
const STEP = 4;

/** The most important state: a kind for filters and colours, and words. */
export function health({ health: { disabledAt, pausedUntil, failingSince, reason }, lastDay }) {
  if (disabledAt) {
    return { kind: "disabled", words: "Disabled", more: reason, since: disabledAt };
  }
  if (pausedUntil && new Date(pausedUntil) > Date.now()) {
    return { kind: "paused", words: `Paused until ${new Date(pausedUntil).toLocaleTimeString()}`, more: reason };
  }
  if (failingSince) {
    return { kind: "failing", words: `Failing since ${ago(failingSince)}`, more: reason, since: failingSince };
  }
  if (!lastDay.lastAt) {
    return { kind: "quiet", words: "Nothing sent yet", more: "" };
  }
  const when = { since: lastDay.lastAt, more: "" };
  switch (lastDay.lastEnding) {
    case "DELIVERED":
      return { kind: "well", words: `Delivered ${ago(lastDay.lastAt)}`, ...when };
    case "DEAD":
      return { kind: "gaveup", words: `Gave up ${ago(lastDay.lastAt)}`, ...when };
    default:
      return { kind: "failing", words: `Failed ${ago(lastDay.lastAt)}, trying again`, ...when };
  }
}

function bar({ hoursAgo, delivered, failed }, most) {
  const scale = (count) => (count === 0 ? 0 : Math.max(2, Math.round((count / most) * HEIGHT)));
  const bad = scale(failed);
  const good = Math.min(scale(delivered), HEIGHT - bad);
  const x = (HOURS - 1 - hoursAgo) * STEP;
  return svg`<rect class="good" x=${x} y=${HEIGHT - good} width="3" height=${good}></rect
    ><rect class="bad" x=${x} y=${HEIGHT - good - bad} width="3" height=${bad}></rect>`;
}

/** A bar chart of the last day's outcomes, one bar per hour. */
export function picture({ hours }) {
  const delivered = hours.reduce((sum, hour) => sum + hour.delivered, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  const most = Math.max(1, ...hours.map((hour) => hour.delivered + hour.failed));
  const words = `Last 24 hours: ${delivered} delivered, ${failed} failed`;
  return html`<svg class="picture" role="img" aria-label=${words} viewBox="0 0 ${HOURS * STEP} ${HEIGHT + 1}">
    <title>${words}</title>
    <rect class="ground" x="0" y=${HEIGHT} width=${HOURS * STEP} height="1"></rect>
    ${hours.map((hour) => bar(hour, most))}
  </svg>`;
}

export function healthView(webhook) {
  const { kind, words, more, since } = health(webhook);
  return html`<span class="health ${kind}" title=${since ? fullTime(since) : ""}
      ><span class="dot" aria-hidden="true"></span>${words}</span
    >${more ? html`<span class="why">${sentence(more)}</span>` : ""}`;
}
