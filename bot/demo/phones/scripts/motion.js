/** Short movements; none for those who asked for less motion. */

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Plays the frames and resolves when they are over. */
export async function play(node, frames, duration) {
  if (calm.matches) return;
  await node.animate(frames, { duration, easing: "cubic-bezier(.2,.8,.2,1)" }).finished.catch(() => {});
}

export const arrive = (node) => play(node, [{ opacity: 0, transform: "translateY(14px)" }, {}], 240);
export const leave = (node) => play(node, [{}, { opacity: 0, transform: "scale(.96)" }], 200);
export const notice = (node) => play(node, [{ filter: "brightness(1.12) saturate(1.3)" }, {}], 900);
