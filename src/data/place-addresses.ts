import { Tokenizer } from 'htmlparser2';

/** Attributes that name something that is fetched or led to; `data-root` tells the scripts where the site stands. */
export const ADDRESS_ATTRIBUTES: ReadonlySet<string> = new Set([
  'action',
  'data-root',
  'href',
  'src',
]);

/** The address to which `<meta http-equiv="refresh">` leads. */
const REFRESH = /^(\d+;\s*url=)(.+)$/;

/** What takes the place of an address; it gets and gives the text of the attribute `name`, with entities as written. */
export type Place = (address: string, name: string) => string;

/**
 * HTML with each address of its attributes placed, and every other character as it was. The scripts and styles of the
 * page are not looked into: they take addresses from the page.
 */
export function placeAddresses(html: string, place: Place): string {
  const parts: string[] = [];
  let done = 0;
  let name = '';
  const replace = (start: number, end: number, text: string) => {
    parts.push(html.slice(done, start), text);
    done = end;
  };
  const nothing = () => {};
  const tokenizer = new Tokenizer(
    { decodeEntities: false },
    {
      onattribname: (start, end) => {
        name = html.slice(start, end);
      },
      onattribdata: (start, end) => {
        const value = html.slice(start, end);
        if (ADDRESS_ATTRIBUTES.has(name)) replace(start, end, place(value, name));
        const [, before, address] = (name === 'content' && REFRESH.exec(value)) || [];
        if (before !== undefined && address !== undefined)
          replace(start, end, `${before}${place(address, name)}`);
      },
      onattribend: nothing,
      onattribentity: nothing,
      oncdata: nothing,
      onclosetag: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onopentagend: nothing,
      onopentagname: nothing,
      onprocessinginstruction: nothing,
      onselfclosingtag: nothing,
      ontext: nothing,
      ontextentity: nothing,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return `${parts.join('')}${html.slice(done)}`;
}
