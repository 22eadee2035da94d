/** Saves a text as a download. */
export function saveText(text: string, name: string, type: string): void {
  saveBlob(new Blob([text], { type }), name)
}

/** Saves a transparent drawing as a PNG with a paper background. */
export function savePng(drawing: HTMLCanvasElement | OffscreenCanvas, paper: string, name: string): void {
  const copy = document.createElement('canvas')
  copy.width = drawing.width
  copy.height = drawing.height
  const context = copy.getContext('2d')
  if (!context) return
  context.fillStyle = paper
  context.fillRect(0, 0, copy.width, copy.height)
  context.drawImage(drawing, 0, 0)
  copy.toBlob((blob) => blob && saveBlob(blob, name), 'image/png')
}

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000) // some browsers start to read it only later
}
