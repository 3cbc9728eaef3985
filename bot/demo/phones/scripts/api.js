/** The people's side of the imitation, as a phone sees it: one private chat with the bot per person. */

/** A refused call; its message can be shown. */
export class Refusal extends Error {}

async function call(path, { method = "GET", json, form } = {}) {
  const headers = json ? { "Content-Type": "application/json" } : {};
  const response = await fetch(path, { method, headers, body: json ? JSON.stringify(json) : form });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(body.error ?? "");
  return body;
}

const post = (path, json = {}) => call(path, { method: "POST", json });

export const api = {
  people: () => call("/user/people"),
  chats: (uid) => call(`/user/${uid}/chats`),
  clock: () => call("/control/clock"),
  advance: (seconds) => post("/control/clock", { advance: seconds }),
  chat: (uid) => call(`/user/${uid}/chat/${uid}`),
  fileUrl: (uid, fileId) => `/user/${uid}/file/${encodeURIComponent(fileId)}`,
  eventsUrl: (uid) => `/user/${uid}/events`,
  unreadUrl: "/user/events",

  /** One of the chat's calls: send, start, tap, contact, location, block, unblock, read. */
  act: (uid, act, body) => post(`/user/${uid}/chat/${uid}/${act}`, body),

  sendFile(uid, file, as) {
    const form = new FormData();
    form.append("file", file, file.name);
    form.append("as", as);
    return call(`/user/${uid}/chat/${uid}/file`, { method: "POST", form });
  },
};
