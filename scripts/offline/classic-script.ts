import { rolldown } from 'rolldown';

/** A script of the built site with all that it imports, as one file that is no module; `path` is that of its file. */
export async function classicScript(path: string): Promise<string> {
  const bundle = await rolldown({ input: path, logLevel: 'silent' });
  const { output } = await bundle.generate({
    format: 'iife',
    minify: true,
    codeSplitting: false,
  });
  return output[0].code;
}
