import { z } from 'astro/zod';

const termSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .describe('Anchor on the page of the glossary'),
  term: z.string().min(1).describe('As prose writes it'),
  name: z.string().min(1).optional().describe('What an abbreviation stands for'),
  also: z.array(z.string().min(1)).optional().describe('Other spellings that mean the same'),
  meaning: z.string().min(20).describe('One to three sentences'),
  see: z.array(z.string()).optional().describe('Ids of related terms'),
});

/** Every spelling of a term. */
function spellings({ term, also = [] }: z.infer<typeof termSchema>): string[] {
  return [term, ...also];
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) < index);
}

/** `content/glossary.yml`: each term once, sorted by id. */
export const glossarySchema = z
  .strictObject({ terms: z.array(termSchema) })
  .superRefine(({ terms }, context) => {
    const ids = terms.map(({ id }) => id);
    const complain = (message: string) =>
      context.addIssue({ code: 'custom', path: ['terms'], message });
    for (const id of repeated(ids)) complain(`the id ${id} is used twice`);
    for (const spelling of repeated(terms.flatMap(spellings))) {
      complain(`${spelling} is explained twice`);
    }
    for (const { id, see = [] } of terms) {
      for (const other of see.filter((target) => !ids.includes(target))) {
        complain(`${id} refers to ${other}, which is no term`);
      }
    }
    if (ids.some((id, index) => id < (ids[index - 1] ?? ''))) complain('terms are sorted by id');
  });

export type Glossary = z.infer<typeof glossarySchema>;
export type Term = Glossary['terms'][number];
