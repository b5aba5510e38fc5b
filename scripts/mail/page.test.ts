import { describe, expect, it } from 'vitest';
import { isPageHtml, parsePageHtml } from './page-html.ts';
import { isPageText, parsePageText } from './page-text.ts';

const SAVED = `
[Date Prev][Date Next][Thread Prev][Thread Next][Date Index][Thread Index]

Re: [Xen-devel] What of the PIT?

  • To: "list@xxxxxxx" <list@xxxxxxx>
  • From: "Lovelace, Ada" <ada@xxxxxxx>
  • Date: Thu, 22 Aug 2019 02:06:50 +0000
  • List-id: Developer discussion <xen-devel.lists.example.org>

On 8/17/2019 7:04 AM, Charles Babbage wrote:
> It is in Xen.

Is it in i8254.c?

Xen-devel mailing list



Lists.xenproject.org is hosted with a company.
`;

const HTML = `<!-- MHonArc v2.6.19+ -->
<!--X-Subject: Re: [Xen&#45;devel] PIT -->
<!--X-From-R13: scrambled -->
<!--X-Date: Mon, 21 Oct 2019 23:59:59 +0000 -->
<!--X-Message-Id: a&#45;b@example.org -->
<!--X-Reference: r&#45;1@example.org -->
<!--X-Reference: r2@example.org -->
<!--X-Head-End-->
<!--X-Head-of-Message-->
<ul><li><em>Subject</em>: Re: [Xen-devel] PIT</li>
<li><em>From</em>: J&#xFC;rgen Beispiel &lt;j@xxxxxxx&gt;</li>
<li><em>Date</em>: Mon, 21 Oct 2019 12:52:10 +0200</li>
<li><em>List-id</em>: x &lt;xen-devel.lists.example.org&gt;</li></ul>
<!--X-Head-of-Message-End-->
<!--X-Body-of-Message-->
<pre>
On Monday, Ada wrote:
</pre><blockquote><pre>
first

second
</pre></blockquote><pre>
v-&gt;x &amp; <a href="https://example.org">link</a>
</pre>
<!--X-Body-of-Message-End-->
<p>footer</p>`;

describe('parsePageText', () => {
  it('reads a saved page, keyed by list, date and sender, and says so', () => {
    expect(isPageText(SAVED)).toBe(true);
    const { mails, problems } = parsePageText(SAVED, { path: 'page.txt' }, 'other');
    expect(mails).toEqual([
      {
        id: 'xen-devel/2019-08-22T02:06:50Z/ada-lovelace',
        idKind: 'archive-key',
        date: '2019-08-22T02:06:50Z',
        from: 'Lovelace, Ada',
        subject: 'Re: [Xen-devel] What of the PIT?',
        list: 'xen-devel',
        ancestors: [],
        texts: [
          'On 8/17/2019 7:04 AM, Charles Babbage wrote:\n> It is in Xen.\n\nIs it in i8254.c?\n\nXen-devel mailing list',
        ],
        place: { path: 'page.txt' },
      },
    ]);
    expect(problems.map(({ kind }) => kind)).toEqual(['mail-incomplete']);
  });

  it('refuses a page without a date and text that is no page', () => {
    const dateless = SAVED.replace(/ {2}• Date.*\n/, '');
    const { mails, problems } = parsePageText(dateless, { path: 'page.txt' }, 'xen-devel');
    expect(mails).toEqual([]);
    expect(problems.map(({ kind }) => kind)).toEqual(['mail-unreadable']);
    expect(isPageText('just text')).toBe(false);
  });
});

describe('parsePageHtml', () => {
  it('reads ids from comments, the date that was sent, quotations and entities', () => {
    expect(isPageHtml(HTML)).toBe(true);
    const { mails, problems } = parsePageHtml(HTML, { path: 'msg00000.html' });
    expect(problems).toEqual([]);
    expect(mails).toEqual([
      {
        id: 'a-b@example.org',
        idKind: 'message-id',
        date: '2019-10-21T10:52:10Z',
        from: 'Jürgen Beispiel',
        subject: 'Re: [Xen-devel] PIT',
        list: 'xen-devel',
        ancestors: ['r-1@example.org', 'r2@example.org'],
        texts: ['On Monday, Ada wrote:\n> first\n>\n> second\nv->x & link'],
        place: { path: 'msg00000.html' },
      },
    ]);
  });

  it('refuses a page without an id', () => {
    const { mails, problems } = parsePageHtml(HTML.replace('a&#45;b@example.org', ''), {
      path: 'x',
    });
    expect(mails).toEqual([]);
    expect(problems.map(({ kind }) => kind)).toEqual(['mail-unreadable']);
  });
});
