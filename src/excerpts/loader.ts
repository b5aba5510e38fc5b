import { file, type Loader } from 'astro/loaders';

/** Reads the file that `atlas excerpts` wrote. Throws where there is none: a site asked to show source shows some. */
export function excerptsLoader(path: string): Loader {
  const { load } = file(path);
  return {
    name: 'excerpts',
    load: async (context) => {
      context.store.clear();
      await load(context);
      if (context.store.keys().length > 0) return;
      throw new Error(
        `ATLAS_EXCERPTS names \`${path}\`, which has no excerpts: run \`npm run atlas -- excerpts\` on a Xen tree of the pinned release`,
      );
    },
  };
}
