import { type ParsedMail, simpleParser } from 'mailparser';
import { cleanBody } from './clean-text.ts';
import { htmlText } from './html-text.ts';
import { type HeaderSection, withReadHeaders } from './mail-headers.ts';

const OPTIONS = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
} as const;

/** Whether an attachment is a patch; logs and configurations that people attach are not what they say. */
function isPatch(
  { contentType, filename }: ParsedMail['attachments'][number],
  text: string,
): boolean {
  if (/^text\/x-(?:patch|diff)$/.test(contentType) || /\.(?:patch|diff)$/i.test(filename ?? '')) {
    return true;
  }
  return contentType === 'text/plain' && /^(?:diff --git |--- \S.*\n\+\+\+ )/m.test(text);
}

/** The body and the attached patches; an HTML body counts when there is no plain one. */
function textsOf(parsed: ParsedMail): string[] {
  const html = typeof parsed.html === 'string' ? parsed.html : '';
  const body = parsed.text?.trim() ? parsed.text : htmlText(html);
  const attached = parsed.attachments.flatMap((attachment) => {
    const text = cleanBody(attachment.content.toString('utf8'));
    return isPatch(attachment, text) ? [text] : [];
  });
  return [cleanBody(body), ...attached];
}

/** The texts of a message of any structure: its body, then each attached patch. Throws when the parser refuses it. */
export async function readMimeTexts(raw: Buffer, headers: HeaderSection): Promise<string[]> {
  return textsOf(await simpleParser(withReadHeaders(raw, headers), OPTIONS));
}
