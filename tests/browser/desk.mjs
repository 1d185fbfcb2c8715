// The desk in a real browser: paste an article, see its marks and the check that does not hold, correct a claim, take
// the results away; a hostile article changes nothing; no serious finding of axe. `.ci/browser` runs it:
//   node desk.mjs SOLIEU [FOLDER-FOR-SCREENSHOTS]
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const solieu = process.argv[2];
const shots = process.argv[3];
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const folder = mkdtempSync(join(tmpdir(), 'solieu-browser.'));
const database = join(folder, 'figures.sqlite');

/** The text of a page of the corpus. */
const corpus = (name) => readFileSync(join(here, '../../corpus', `${name}.md`), 'utf8').match(/^## Text\n+(.*?)\n+(?=^## )/ms)[1].trim();
const article = corpus('party-building-with-slips');

let server;
/** Starts the desk and answers its address. */
const serve = (...more) => new Promise((resolve, reject) => {
  server = spawn(solieu, ['serve', '--port', '0', ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  server.stdout.on('data', (bytes) => {
    said += bytes;
    const found = said.match(/http:\/\/[^\s]+\//);
    if (found) resolve(found[0].slice(0, -1));
  });
  server.on('exit', () => reject(new Error(`the server ended: ${said}`)));
});
const stop = () => new Promise((resolve) => {
  server.removeAllListeners('exit');
  server.on('exit', resolve);
  server.kill('SIGTERM');
});

process.on('exit', () => server.kill());
let home = await serve(database);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] });
const page = await context.newPage();
page.setDefaultTimeout(15_000);

// Whatever a page asks of another place, tells the console or throws is a failure of the test.
const trouble = [];
context.on('request', (request) => {
  const { protocol, host } = new URL(request.url());
  if (!['data:', 'file:', 'blob:'].includes(protocol) && host !== new URL(home).host) trouble.push(`asked for ${request.url()}`);
});
page.on('console', (message) => { if (message.type() === 'error') trouble.push(`console: ${message.text()}`); });
page.on('pageerror', (error) => trouble.push(`script: ${error}`));
page.on('dialog', (dialog) => { trouble.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });

let steps = 0;
const step = async (name, body) => {
  const quiet = trouble.length;
  const expected = await body();
  const found = trouble.splice(quiet).filter((line) => !(expected instanceof RegExp && expected.test(line)));
  assert.deepEqual(found, [], name);
  steps += 1;
  console.log(`ok ${steps} ${name}`);
};
const shot = async (name) => { if (shots) await page.screenshot({ path: join(shots, `${name}.png`) }); };
/** Serious and critical findings of axe on the page as it is. */
const scan = async (where) => {
  // The policy of a page lets no foreign script in; the test's own comes by the debugger's door.
  await page.evaluate(readFileSync(axe, 'utf8') + '; undefined');
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(grave.map(({ id, nodes }) => [id, nodes.slice(0, 3).map((node) => node.html)]), [], `axe: ${where}`);
};
const fits = async (where) => {
  const [wide, view] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= view, `${where}: ${wide} px wide in a window of ${view}`);
};
const paste = async (text) => {
  await page.goto(`${home}/`);
  await page.fill('#text', text);
  await page.click('button.primary');
  await page.waitForURL('**/bai/**');
};
const saved = async (name) => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`.take a[href$="/${name}"]`)]);
  const path = join(folder, name);
  await download.saveAs(path);
  return path;
};

let claims;
await step('an article is pasted and its claims are marked', async () => {
  await page.goto(`${home}/`);
  await shot('paste');
  await page.fill('#published', '2023-07-21');
  await page.fill('#text', article);
  await page.click('button.primary');
  await page.waitForURL('**/bai/**');
  claims = await page.locator('.text .mark').count();
  assert.ok(claims >= 16, `${claims} marks`);
  assert.equal(await page.locator('.card').count(), claims);
  const styles = await page.$$eval('.text .mark .q', (marks) => marks.map((words) => getComputedStyle(words).textDecorationStyle));
  assert.ok(new Set(styles).size > 2, 'kinds differ in more than colour');
});

await step('what does not add up comes first and is told in words', async () => {
  const first = page.locator('.check').first();
  assert.match(await first.getAttribute('class'), /v-inconsistent/);
  assert.match(await first.innerText(), /không khớp/);
  const ranks = await page.$$eval('.check', (all) => all.map((one) => ['inconsistent', 'consistent_if_truncated', 'implied', 'consistent'].indexOf(one.dataset.verdict)));
  assert.deepEqual(ranks, [...ranks].sort(), 'worst first');
  assert.match(await page.locator('.check', { hasText: '62' }).first().innerText(), /26/);
  assert.ok(await page.locator('.text .mark.bad .cross').count() >= 2, 'a cross beside numbers that cannot agree');
  await shot('article');
});

await step('from the text to the claim and back, by mouse and by keyboard', async () => {
  const mark = page.locator('.text .mark', { hasText: '93/150' });
  const id = await mark.getAttribute('data-claim');
  await mark.click();
  assert.equal(await page.evaluate(() => document.activeElement.closest('.card').id), id);
  assert.ok(await page.locator(`#${id} .known`).isVisible());
  await shot('claim');
  await page.click(`#${id} [data-to-text]`);
  assert.equal(await page.evaluate(() => document.activeElement.id), `t-${id}`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const next = await page.evaluate(() => document.activeElement.closest('.card').id);
  assert.notEqual(next, id);
  await page.goto(page.url().split('#')[0] + `#${id}`);
  await page.reload();
  assert.ok(await page.locator(`#${id} .known`).isVisible(), 'an address with a claim opens it');
});

await step('claims are filtered by kind, entity and verdict', async () => {
  await page.selectOption('#f-verdict', 'inconsistent');
  const shown = await page.locator('.card:visible').count();
  assert.ok(shown > 0 && shown < claims);
  assert.equal(await page.locator('[data-count]').innerText(), String(shown));
  await page.selectOption('#f-kind', 'change');
  assert.ok(await page.locator('[data-empty]').isVisible());
  await page.click('.filters button[type=reset]');
  await page.waitForFunction((all) => document.querySelectorAll('.card:not([hidden])').length === all, claims);
});

await step('a claim is copied as a sentence with its source', async () => {
  const card = page.locator('.card', { hasText: '93/150' }).first();
  if (!await card.locator('.known').isVisible()) await card.locator('summary').click();
  await card.locator('[data-copy]').click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /93 trên 150 đảng viên/);
  assert.match(copied, /“Trong 6 tháng đầu năm.*” \(nguồn: /);
});

const fixed = 'đảng viên mới';
await step('a claim is corrected, and the correction stays beside the reading', async () => {
  const card = page.locator('.card', { hasText: '93/150' }).first();
  await card.getByText('✎').click();
  await page.fill('#denominator', '15.0');
  await page.click('button[value=fixed]');
  assert.match(await page.locator('main').innerText(), /1\.234,5/, 'a number that is none is explained');
  await page.goBack();
  await page.fill('#denominator', '150');
  await page.fill('#property', fixed);
  await page.fill('#note', 'theo báo cáo gốc');
  await page.click('button[value=fixed]');
  await page.waitForURL('**/bai/*#c-*');
  await page.reload();
  assert.match(await page.locator('.card .judged').innerText(), new RegExp(fixed));
  await page.locator('.card', { hasText: '26%' }).first().locator('summary').click();
  await page.locator('.card', { hasText: '26%' }).first().locator('button[value=wrong]').click();
  await page.waitForFunction(() => document.querySelectorAll('.card .judged').length === 2);
  await shot('correction');
  // A number that is none is refused with status 422, which the console tells.
  return /422/;
});

await step('another start of the desk has all of it', async () => {
  const before = new URL(page.url()).pathname;
  await stop();
  home = await serve(database);
  await page.goto(home + before);
  assert.equal(await page.locator('.card .judged').count(), 2);
});

await step('what is taken away is what was shown', async () => {
  const record = JSON.parse(readFileSync(await saved('solieu.json'), 'utf8'));
  assert.equal(record.claims.length, claims);
  assert.deepEqual(record.corrections.map(({ judgement }) => judgement), ['fixed', 'wrong']);
  assert.equal(record.corrections[0].fields.property, fixed);
  assert.notEqual(record.corrections[0].machine.property, fixed);
  const shown = await page.$$eval('.text .mark', (marks) => marks.map((mark) => [mark.dataset.claim, mark.querySelector('.q').textContent]));
  assert.deepEqual(shown, record.claims.map(({ id, text }) => [id, text]));
  const rows = readFileSync(await saved('solieu.csv'), 'utf8').trim().split('\r\n');
  assert.equal(rows.length, claims + 1);
  const graph = JSON.parse(readFileSync(await saved('schema-org.json'), 'utf8'))[0]['@graph'];
  assert.equal(graph.length, claims + 1);
  const notes = JSON.parse(readFileSync(await saved('annotations.json'), 'utf8'))[0].items;
  assert.equal(notes.length, claims + record.checks.length);
  const gold = JSON.parse(execFileSync(solieu, ['corrections', database, '--gold'], { encoding: 'utf8' }));
  assert.equal(gold.claims.filter(({ optional }) => !optional)[0].property, fixed);
  assert.equal(gold.non_claims[0].quote, '26%');
});

await step('the report is one file that asks for nothing', async () => {
  const path = await saved('report.html');
  const asked = [];
  const listen = (request) => asked.push(request.url());
  page.on('request', listen);
  await page.goto(pathToFileURL(path).href);
  page.off('request', listen);
  assert.equal(asked.length, 1, asked.join());
  assert.equal(await page.locator('.text .mark').count(), claims);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.mark.bad')).outlineStyle), 'solid', 'its style is let in');
  await shot('report');
  await page.locator('.text .mark').first().click();
  assert.match(page.url(), /#c-/);
  await scan('report');
});

await step('a hostile article changes nothing', async () => {
  const attacks = [
    'Xã <script>window.pwned = 1</script>Đăk Tơ có 48/52 hộ <img src=x onerror="window.pwned = 1"> thoát nghèo (đạt 92,3%).',
    '"><svg/onload=window.pwned=1> Đảng bộ "\' onmouseover=window.pwned=1 x=\' có 12 chi bộ </textarea></title><style>*{display:none}</style>',
    'Thu \u202Eđồng 21,5 tỷ đồng\u202C và \u2066tăng 6%\u2069 so với năm 2022.\u200B {{7*7}} ${7*7} javascript:alert(1)',
    '<meta http-equiv=refresh content="0;url=http://evil.example/"><base href="http://evil.example/"><iframe src="http://evil.example/"></iframe> có 7 xã.',
  ].join('\n\n');
  await paste('Tin\n\n' + attacks);
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  const main = await page.locator('.text').innerText();
  for (const words of ['<script>window.pwned', 'onerror=', '</textarea></title>', '<iframe', '⟨U+202E⟩', '{{7*7}}']) assert.ok(main.includes(words), words);
  assert.equal(await page.locator('main script, main img, main svg, main iframe, main style, main base, main meta').count(), 0);
  assert.ok(!/[\u202A-\u202E\u2066-\u2069]/.test(await page.content()), 'no character turns the direction');
  // The same as a page, under a name that is no place.
  await page.goto(`${home}/`);
  const html = `<!doctype html><title>Tin</title><body onload="window.pwned=1"><article><h1>Tin xã</h1><p>${attacks.replaceAll('\n\n', '</p><p>')}</p><p>${'Xã có 48/52 hộ thoát nghèo. '.repeat(20)}</p></article>`;
  await page.setInputFiles('#file', { name: '..\\..\\<img src=x onerror=alert(1)>.html', mimeType: 'text/html', buffer: Buffer.from(html) });
  await page.click('button.primary');
  await page.waitForURL('**/bai/**');
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.ok(await page.locator('.text .mark').count() > 0);
  await page.goto(`${home}/`);
  assert.equal(await page.locator('main img').count(), 0);
});

await step('a file is dropped', async () => {
  await page.goto(`${home}/`);
  const transfer = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'tin.txt', { type: 'text/plain' }));
    return transfer;
  }, corpus('tourism-season-figures'));
  await page.dispatchEvent('[data-drop]', 'drop', { dataTransfer: transfer });
  await page.waitForURL('**/bai/**');
  assert.ok(await page.locator('.text .mark').count() > 5);
});

await step('both languages, no serious finding of axe, nothing wider than a phone', async () => {
  await page.goto(`${home}/`);
  const marked = `${home}${await page.locator('.kept a').last().getAttribute('href')}`;
  await page.goto(marked);
  const form = `${home}${await page.locator('.card .actions a.button').nth(1).getAttribute('href')}`;
  for (const lang of ['vi', 'en']) {
    for (const [where, address] of [['paste', `${home}/`], ['article', marked], ['form', form], ['missing', `${home}/nowhere`]]) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${home}/lang/${lang}?back=${encodeURIComponent(new URL(address).pathname)}`);
      assert.equal(page.url(), address);
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      await page.evaluate(() => document.querySelectorAll('.card details').forEach((details) => { details.open = true; }));
      await scan(`${where} ${lang}`);
      if (where === 'article' && lang === 'en') { await page.reload(); await shot('article-en'); }
      await page.setViewportSize({ width: 360, height: 760 });
      await fits(`${where} ${lang}`);
      if (lang === 'vi') {
        await page.reload();
        if (where !== 'missing') await shot(`${where}-360`);
        if (where === 'article') { await page.locator('.check').first().scrollIntoViewIfNeeded(); await shot('checks-360'); }
      }
    }
  }
  return /404/;
});

await step('a figure that the program missed is added from the text and becomes a gold line', async () => {
  await page.goto(`${home}/lang/vi?back=/`);
  await page.setViewportSize({ width: 1280, height: 900 });
  await paste('Lễ hội năm nay kéo dài. Đoàn khách thứ một nghìn lẻ một đã đến làng. Làng có 48/52 hộ làm nghề (đạt 92,3%).');
  const at = page.url().split('#')[0];
  const before = await page.locator('.text .mark').count();
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector('article.text'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const found = node.data.indexOf('một nghìn lẻ một');
      if (found >= 0) { document.getSelection().setBaseAndExtent(node, found, node, found + 'một nghìn lẻ một'.length); return; }
    }
  });
  await page.locator('[data-add]').click();
  await page.waitForURL('**/them?q=*');
  assert.equal(await page.inputValue('#q'), 'một nghìn lẻ một');
  await scan('add a missed figure');
  await page.selectOption('#kind', 'rank');
  await page.fill('#value', '1.001');
  await page.fill('#unit', 'đoàn khách');
  await page.fill('#entity', 'làng');
  await shot('missed');
  await page.locator('form[method=post] button.primary').click();
  await page.waitForURL('**/bai/*#m-*');
  assert.match(await page.locator('.added .card').innerText(), /1\.001/);
  assert.equal(await page.locator('.text .mark').count(), before, 'the reading is as it was');
  await scan('an added figure');
  const gold = execFileSync(solieu, ['corrections', database, '--gold'], { encoding: 'utf8' }).trim().split('\n').map((line) => JSON.parse(line));
  const own = gold.flatMap((line) => line.claims).find(({ quote }) => quote === 'một nghìn lẻ một');
  assert.deepEqual([own.kind, own.value, own.unit, own.entity, own.optional], ['rank', 1001, 'đoàn khách', 'làng', undefined]);
  await page.goto(`${at}/them?q=${encodeURIComponent('không có chữ này')}`);
  assert.ok(await page.locator('[role=alert]').isVisible());
  await page.goto(at);
  await page.locator('.added button[name=withdrawn]').click();
  await page.waitForURL(at);
  assert.equal(await page.locator('.added .card').count(), 0);
});

await step('on the English page the reasoning of a check is in English', async () => {
  await paste('Năm 2023, xã Đăk Tơ Pôn có 9/11 thôn đạt chuẩn văn hóa (chiếm 88,1%).');
  const at = new URL(page.url()).pathname;
  await page.goto(`${home}/lang/en?back=${encodeURIComponent(at)}`);
  const told = page.locator('.check .explanation').first();
  assert.match(await told.innerText(), /9\/11 = 81\.82 %, but the article says 88\.1 %: inconsistent/);
  assert.equal(await told.getAttribute('lang'), 'en');
  await page.goto(`${home}/lang/vi?back=/`);
});

await step('the pages over an archive: search, entity, contradictions, reference figures', async () => {
  const kho = join(folder, 'kho.sqlite');
  const pieces = [
    ['a', '2024-01-05', 'Năm 2023, thu ngân sách tỉnh Bắc Giang đạt 16.271 tỷ đồng. Tỉnh Bắc Giang có 48/52 xã đạt chuẩn (đạt 92,3%).'],
    ['b', '2024-01-09', 'Tỉnh Bắc Giang thu ngân sách 16.217 tỷ đồng trong năm 2023. Tỉnh Bắc Giang thu ngân sách 14.902 tỷ đồng trong năm 2022. Tỉnh Bắc Giang thu ngân sách 13.115 tỷ đồng trong năm 2021.'],
    ['c', '2024-01-20', 'Theo số liệu điều chỉnh, thu ngân sách tỉnh Bắc Giang năm 2023 đạt 16.290 tỷ đồng. <script>window.pwned = 1</script>'],
  ];
  writeFileSync(join(folder, 'kho.jsonl'), pieces.map(([id, published, text]) => JSON.stringify({ id, published, title: `Tin ${id} <b>`, text })).join('\n'));
  writeFileSync(join(folder, 'tham-chieu.csv'), 'entity,place,property,period,value,unit,source\ntỉnh Bắc Giang,24,thu ngân sách,năm 2023,16271.3,tỷ đồng,Niên giám\n');
  execFileSync(solieu, ['extract', join(folder, 'kho.jsonl'), '-o', kho], { stdio: 'ignore' });
  execFileSync(solieu, ['review', kho, '-o', join(folder, 'mau-thuan.jsonl')], { stdio: 'ignore' });
  execFileSync(solieu, ['review', kho, '--reference', join(folder, 'tham-chieu.csv'), '-o', join(folder, 'doi-chieu.jsonl')], { stdio: 'ignore' });
  await stop();
  home = await serve(kho);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${home}/tim`);
  await page.fill('#q', 'thu ngân sách');
  await page.fill('#tu', '2023');
  await page.locator('form[role=search] button').click();
  await page.waitForURL('**/tim?*');
  assert.equal(await page.locator('tbody tr').count(), 3);
  await shot('search');
  await page.fill('#tu', '2030');
  await page.locator('form[role=search] button').click();
  await page.waitForURL('**tu=2030*');
  assert.equal(await page.locator('tbody tr').count(), 0);
  await page.goto(`${home}/tim?q=${encodeURIComponent('"thu ngân sách"')}`);
  await page.locator('tbody tr', { hasText: '14.902' }).locator('a[href^="/thuc-the/"]').first().click();
  await page.waitForURL('**/thuc-the/**');
  const entity = new URL(page.url()).pathname;
  assert.ok(await page.locator('svg').count() > 0, 'a chart');
  await shot('entity');
  await page.goto(`${home}/mau-thuan`);
  assert.match(await page.locator('main').innerText(), /16\.271 tỷ đồng[^]*≠[^]*16\.217 tỷ đồng/);
  await shot('contradictions');
  await page.locator('main a[href="/mau-thuan?loai=revision"]').click();
  await page.waitForURL('**loai=revision');
  assert.match(await page.locator('main').innerText(), /16\.290/);
  await page.goto(`${home}/doi-chieu?ket_qua=differs`);
  assert.match(await page.locator('tbody').innerText(), /16\.217/);
  await shot('reference');
  for (const lang of ['vi', 'en']) {
    const all = ['/tim', '/tim?q=ng%C3%A2n&tu=2020', entity, '/mau-thuan', '/mau-thuan?loai=revision', '/doi-chieu', '/doi-chieu?ket_qua=agrees_as_rounded'];
    for (const path of all) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${home}/lang/${lang}?back=${encodeURIComponent(path)}`);
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      await scan(`${path} ${lang}`);
      await page.setViewportSize({ width: 360, height: 760 });
      await fits(`${path} ${lang}`);
    }
  }
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  await page.goto(`${home}/lang/vi?back=/`);
  await page.setViewportSize({ width: 1280, height: 900 });
  await stop();
  home = await serve(database);
});

await step('without a script the article is there to read, and its links go', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const other = await plain.newPage();
  await other.goto(`${home}/`);
  await other.fill('#text', article);
  await other.click('button.primary');
  await other.waitForURL('**/bai/**');
  await other.locator('.text .mark').first().click();
  assert.match(other.url(), /#c-/);
  assert.equal(await other.locator('.filters').isVisible(), false);
  await plain.close();
});

await browser.close();
await stop();
rmSync(folder, { recursive: true });
console.log(`${steps} steps in Chromium`);
