/** Returns a function that computes its value on the first call. For schemas: unused ones then cost nothing, and bundlers drop them. */
/* @__NO_SIDE_EFFECTS__ */
export function once<Value>(compute: () => Value): () => Value {
  let value: { readonly it: Value } | undefined
  return () => {
    value ??= { it: compute() }
    return value.it
  }
}
