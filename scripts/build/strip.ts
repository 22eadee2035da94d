/** `preview-motion.webp`: frames of a running sketch, one below the other. style.css repeats these numbers. */
export const STRIP = { frames: 24, width: 480, height: 300 } as const
