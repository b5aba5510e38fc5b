/** Hands a text to the reader as a file. Nothing is sent anywhere. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  // The browser reads the text after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
