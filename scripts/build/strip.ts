/** `preview-motion.webp`: pictures of a sketch at work, one below the other. style.css counts them, too. */
export const STRIP = { frames: 24, width: 480, height: 300 } as const
