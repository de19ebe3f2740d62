import { escapeHtml } from './harmless.ts';
import type { LetterContent } from './letter-content.ts';

/**
 * The HTML form of a letter: one column of tables with inline styles, as mail programs want it; nothing is
 * loaded from elsewhere. The style sheet only adds dark colours and narrow screens for programs that read it.
 * No colour is written in digits alone, which a search for the code would find.
 */
export function layOut(content: LetterContent): string {
  const {
    locale,
    product,
    workspace,
    subject,
    preheader,
    heading,
    greeting,
    body,
    code,
    longCode,
    facts,
    notYou,
    why,
  } = content;
  return `<!doctype html>
<html lang="${escapeHtml(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${STYLE_SHEET}</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#f5f6f8;">
<div style="display:none;max-height:0;overflow:hidden;opacity:0;">${escapeHtml(preheader)}${'&nbsp;&zwnj;'.repeat(60)}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f5f6f8;">
<tr><td class="around" align="center" style="padding:32px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px;word-break:break-word;overflow-wrap:anywhere;">
<tr><td style="padding:0 4px 16px;${FONT}">${masthead(product, workspace)}</td></tr>
<tr><td class="card" style="background-color:#ffffff;border:1px solid #e0e3e7;border-radius:8px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
<tr><td class="inside" style="padding:32px 36px 28px;${FONT}">
<h1 class="ink" style="margin:0 0 20px;font-size:22px;line-height:30px;font-weight:600;color:#161c25;">${escapeHtml(heading)}</h1>
${[greeting, ...body].map(paragraph).join('\n')}
${code ? codeBox(code) : ''}${longCode ? longCodeBox(longCode) : ''}${facts.length > 0 ? factTable(facts) : ''}${notYouBox(notYou)}
</td></tr>
</table>
</td></tr>
<tr><td class="faint" style="padding:20px 4px 0;font-size:13px;line-height:20px;color:#5b6470;${FONT}">${escapeHtml(why)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

const FONT = "font-family:Inter,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;";
const CODE_FONT = `${FONT}font-variant-numeric:tabular-nums;`;

const STYLE_SHEET = `
:root { color-scheme: light dark; }
@media (max-width: 480px) {
  .around { padding: 20px 10px !important; }
  .inside { padding: 24px 20px 20px !important; }
  .code { font-size: 32px !important; letter-spacing: 6px !important; padding-left: 6px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: #0f1319 !important; }
  .card { background-color: #1d232c !important; border-color: #363e49 !important; }
  .ink, .code { color: #f3f4f6 !important; }
  .text { color: #c3c8cf !important; }
  .faint { color: #9fa7b2 !important; }
  .mark { color: #8bd0ea !important; }
  .box { background-color: #282e38 !important; border-color: #3d4652 !important; }
  .line { border-color: #363e49 !important; }
}
`;

function masthead(product: string, workspace: string): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="mark" style="font-size:17px;line-height:24px;font-weight:700;color:#33539a;white-space:nowrap;padding-right:16px;">${escapeHtml(product)}</td>
<td class="faint" align="right" style="font-size:13px;line-height:18px;color:#5b6470;">${escapeHtml(workspace)}</td>
</tr></table>`;
}

function paragraph(text: string): string {
  return `<p class="text" style="margin:0 0 14px;font-size:15px;line-height:24px;color:#363e49;">${escapeHtml(text)}</p>`;
}

function codeBox({ digits, life }: { readonly digits: string; readonly life: string }): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 12px;"><tr>
<td class="box" align="center" style="padding:20px 8px;background-color:#edf3fa;border:1px solid #d3e0f0;border-radius:8px;">
<div class="code" style="padding-left:10px;font-size:38px;line-height:46px;font-weight:600;letter-spacing:10px;white-space:nowrap;color:#161c25;${CODE_FONT}">${escapeHtml(digits)}</div>
</td></tr></table>
<p class="faint" style="margin:0 0 14px;font-size:13px;line-height:20px;color:#5b6470;">${escapeHtml(life)}</p>
`;
}

function longCodeBox({ letters, life, link, label }: NonNullable<LetterContent['longCode']>): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 12px;"><tr>
<td class="box" align="center" style="padding:16px 8px;background-color:#edf3fa;border:1px solid #d3e0f0;border-radius:8px;">
<div class="ink" style="font-size:18px;line-height:28px;font-weight:600;color:#161c25;${CODE_FONT}">${escapeHtml(letters)}</div>
</td></tr></table>
<p class="faint" style="margin:0 0 14px;font-size:13px;line-height:20px;color:#5b6470;">${escapeHtml(life)}</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 18px;"><tr>
<td style="background-color:#33539a;border-radius:8px;">
<a href="${escapeHtml(link)}" style="display:inline-block;padding:11px 22px;font-size:15px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none;">${escapeHtml(label)}</a>
</td></tr></table>
`;
}

function factTable(facts: LetterContent['facts']): string {
  const rows = facts.map(
    ([label, value]) => `<tr>
<td class="faint" valign="top" style="padding:3px 20px 3px 0;font-size:14px;line-height:22px;color:#5b6470;white-space:nowrap;">${escapeHtml(label)}</td>
<td class="ink" valign="top" width="100%" style="padding:3px 0;font-size:14px;line-height:22px;color:#161c25;">${escapeHtml(value)}</td>
</tr>`,
  );
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 14px;">${rows.join('')}</table>
`;
}

function notYouBox({ heading, advice }: LetterContent['notYou']): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:22px;"><tr>
<td class="line" style="padding-top:18px;border-top:1px solid #e0e3e7;">
<p class="ink" style="margin:0 0 4px;font-size:14px;line-height:22px;font-weight:600;color:#161c25;">${escapeHtml(heading)}</p>
<p class="text" style="margin:0;font-size:14px;line-height:22px;color:#363e49;">${escapeHtml(advice)}</p>
</td></tr></table>`;
}
