/** A picture of a film, compressed. */
export interface Shot {
  /** milliseconds from the beginning */
  readonly time: number
  /** it needs none of the pictures before it */
  readonly isKey: boolean
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * A WebM file of one track of pictures (Matroska, RFC 9559, of elements as in RFC 8794). Players know how long it is and find
 * their way in it, which they do not in what browsers record by themselves.
 * @param codec Matroska's name: V_VP8, V_VP9
 * @param rate pictures a second
 */
export function webm(shots: readonly Shot[], codec: string, width: number, height: number, rate: number): Blob {
  const header = element(
    0x1a45dfa3,
    element(0x4286, uint(1)), // version of EBML, and the least that a reader has to know
    element(0x42f7, uint(1)),
    element(0x42f2, uint(4)), // bytes of the longest name, and of the longest length
    element(0x42f3, uint(8)),
    element(0x4282, 'webm'),
    element(0x4287, uint(4)), // version of WebM, and the least that a reader has to know
    element(0x4285, uint(2)),
  )
  const info = element(
    0x1549a966,
    element(0x2ad7b1, uint(1_000_000)), // nanoseconds a unit of time
    element(0x4489, float((1000 * shots.length) / rate)), // how long it is
    element(0x4d80, 'longhand'),
    element(0x5741, 'longhand'),
  )
  const track = element(
    0xae,
    element(0xd7, uint(1)), // its number, and a name of its own
    element(0x73c5, uint(1)),
    element(0x83, uint(1)), // pictures
    element(0x86, codec),
    element(0x23e383, uint(Math.round(1e9 / rate))), // nanoseconds a picture
    element(0xe0, element(0xb0, uint(width)), element(0xba, uint(height))),
  )
  return new Blob([header, element(0x18538067, info, element(0x1654ae6b, track), ...clusters(shots))], {
    type: 'video/webm',
  })
}

/** A cluster begins with a picture that stands alone; a time within it has sixteen bits. */
function clusters(shots: readonly Shot[]): Blob[] {
  const found: { begin: number; blocks: Blob[] }[] = []
  for (const { time, isKey, bytes } of shots) {
    const last = found[found.length - 1]
    const cluster = last && !isKey && time - last.begin < 2 ** 15 ? last : { begin: time, blocks: [] }
    if (cluster !== last) found.push(cluster)
    const after = time - cluster.begin
    const head = Uint8Array.of(0x81, after >> 8, after & 255, isKey ? 0x80 : 0) // of track 1
    cluster.blocks.push(element(0xa3, head, bytes))
  }
  return found.map(({ begin, blocks }) => element(0x1f43b675, element(0xe7, uint(begin)), ...blocks))
}

/** @param id with the bits that tell how long it is */
function element(id: number, ...content: BlobPart[]): Blob {
  const body = new Blob(content)
  const length = new DataView(new ArrayBuffer(8))
  length.setUint32(0, 0x01000000 + Math.floor(body.size / 2 ** 32)) // a length of eight bytes
  length.setUint32(4, body.size % 2 ** 32)
  return new Blob([uint(id), length.buffer, body])
}

/** The fewest bytes that hold it, the highest first. */
function uint(value: number): Uint8Array<ArrayBuffer> {
  const bytes = [value & 255]
  for (let rest = Math.floor(value / 256); rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest & 255)
  return Uint8Array.from(bytes)
}

function float(value: number): ArrayBuffer {
  const bytes = new DataView(new ArrayBuffer(8))
  bytes.setFloat64(0, value)
  return bytes.buffer
}
