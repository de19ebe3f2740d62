/** The same body, which also tells when whoever reads it leaves before its end. */
export function whenCancelled(body: ReadableStream<Uint8Array>, tell: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(stream) {
      const { done, value } = await reader.read();
      if (done) stream.close();
      else stream.enqueue(value);
    },
    cancel(reason) {
      tell();
      return reader.cancel(reason);
    },
  });
}
