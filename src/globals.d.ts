// The few globals of the web that Node has too.
declare function atob(data: string): string
declare function btoa(data: string): string
declare const crypto: { getRandomValues<T extends ArrayBufferView>(array: T): T }
