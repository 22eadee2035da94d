// The few globals of the web that Node has too.
declare function atob(data: string): string
declare function btoa(data: string): string
declare const crypto: { getRandomValues<T extends ArrayBufferView>(array: T): T }
declare class TextDecoder {
  decode(bytes: Uint8Array): string
}
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>)
  }
  class Memory {
    constructor(size: { initial: number })
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  class Instance {
    constructor(module: Module, imports: { env: { memory: Memory } })
    readonly exports: unknown
  }
}
