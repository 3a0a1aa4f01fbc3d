// Client of the master's REST API, whose address is relative to the page's own.
const BASE = new URL("../api/v1/", document.baseURI);
const PATIENCE = 40_000;

/** An error answer. Status 0: the master did not answer. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }

  get isAway() {
    return [0, 502, 503, 504].includes(this.status);
  }

  get isLoggedOut() {
    return this.status === 401;
  }
}

const listeners = [];

/** Calls the listener with "ok", "away" or "loggedOut" after every request, answered or not. */
export function onConnection(listener) {
  listeners.push(listener);
}

function tell(connection) {
  listeners.forEach((listener) => listener(connection));
}

async function send(method, path, body, headers) {
  try {
    const response = await fetch(new URL(path, BASE), {
      method,
      // this content type keeps other sites' pages and their forms from sending such a request
      headers: { "Content-Type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return { response, text: await response.text() };
  } catch {
    throw new ApiError(0, "the master does not answer");
  }
}

function problem(response, text) {
  try {
    return JSON.parse(text).error.error;
  } catch {
    return `the master answered ${response.status}`;
  }
}

async function answer(method, path, body, headers = {}) {
  try {
    const { response, text } = await send(method, path, body, headers);
    if (!response.ok && response.status !== 304) {
      throw new ApiError(response.status, problem(response, text));
    }
    tell("ok");
    return { response, text };
  } catch (error) {
    tell(error.isAway ? "away" : error.isLoggedOut ? "loggedOut" : "ok");
    throw error;
  }
}

async function json(method, path, body, headers) {
  return JSON.parse((await answer(method, path, body, headers)).text);
}

let listTag = "";

/** Reads all webhooks and what the page shows with them; null if unchanged since the last call. */
export async function listWebhooks() {
  const { response, text } = await answer("GET", "webhooks", undefined,
    listTag ? { "If-None-Match": listTag } : {});
  if (response.status === 304) {
    return null;
  }
  listTag = response.headers.get("ETag") ?? "";
  return JSON.parse(text);
}

export const readChoices = () => json("GET", "webhooks/choices");
export const readWebhook = async (id) => (await json("GET", `webhooks/${id}`)).webhook;
export const createWebhook = async (draft) => (await json("POST", "webhooks", draft)).webhook;
export const editWebhook = (id, version, draft) =>
  json("PATCH", `webhooks/${id}`, draft, { "If-Match": `"${version}"` });
export const deleteWebhook = (id) => json("DELETE", `webhooks/${id}`);
export const switchWebhook = (id, on) => json("POST", `webhooks/${id}/${on ? "enable" : "disable"}`);
export const testWebhook = (id) => json("POST", `webhooks/${id}/test?report=true`);
export const readSecret = (id) => json("GET", `webhooks/${id}/secret`);
export const rotateSecret = (id, leaked) =>
  json("POST", `webhooks/${id}/secret/rotate`, leaked ? { immediately: true } : {});
export const previewWebhook = (draft) => json("POST", "webhooks/preview", draft);

export function listDeliveries(id, { state = "", cursor = "" }) {
  const query = new URLSearchParams({ limit: "50" });
  if (state) query.set("state", state);
  if (cursor) query.set("cursor", cursor);
  return json("GET", `webhooks/${id}/deliveries?${query}`);
}

export const readDelivery = async (id, delivery) =>
  (await json("GET", `webhooks/${id}/deliveries/${delivery}`)).delivery;
export const redeliver = (id, delivery) => json("POST", `webhooks/${id}/deliveries/${delivery}/redeliver`);
export const redeliverSince = (id, since, cursor) =>
  json("POST", `webhooks/${id}/redeliver`, { ...(since ? { since } : {}), ...(cursor ? { cursor } : {}) });

/** Reads the signing key and, if one is announced, the next; for admins only. */
export async function readKeys() {
  const { security, webhooks } = (await json("GET", "master/config")).config;
  return [security.webhook_signing_key, webhooks.next_signing_key].filter(Boolean);
}

export const CONFIG_ADDRESS = new URL("master/config", BASE).href;

/** The address of the login page, which leads back to the current view. */
export function loginAddress() {
  const back = location.pathname.split("/").pop() + location.hash;
  return `login?redirect=${encodeURIComponent(back)}`;
}
