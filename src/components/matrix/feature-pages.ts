/** The pages of the features, from which the matrix takes what it says on demand: it holds no second copy of it. */
const pages = new Map<string, Promise<Document>>();

async function fetchPage(path: string): Promise<Document> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), 'text/html');
}

/** The page at a path, read once; one that could not be read is read again when asked for again. */
export function featurePage(path: string): Promise<Document> {
  const page = pages.get(path) ?? fetchPage(path);
  pages.set(path, page);
  page.catch(() => pages.delete(path));
  return page;
}
