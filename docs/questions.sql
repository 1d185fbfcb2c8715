-- Ten questions that a newsroom asks of a database that solieu wrote (SQLite). Change the words in quotes to your own:
--   sqlite3 -box figures.sqlite < docs/questions.sql
-- The same questions stand ready in Datasette: solieu datasette-metadata > metadata.json
-- (tests/databases/ runs each of them on a small archive.)

-- khong-khop | Bài nào có số liệu tự mâu thuẫn?
-- Các phép kiểm tra không khớp, kèm lời giải thích và bài viết, bài mới nhất trước.
SELECT a.title, a.published, k.explanation, k.reported, k.computed, a.url, a.id AS article_id
FROM checks k JOIN articles a ON a.id = k.article_id
WHERE k.verdict = 'inconsistent'
ORDER BY a.published DESC, a.id, k.n;

-- theo-thoi-gian | Một chỉ tiêu của một nơi thay đổi ra sao qua các năm?
-- Mọi giá trị được nêu cho một chủ thể và một nội dung, theo kỳ.
SELECT entity, property, period, period_from, period_to, value, unit, title, published
FROM figures
WHERE entity_folded = 'xã đăk tơ pôn' AND property LIKE '%hộ nghèo%'
ORDER BY period_from, published, article_id, claim_id;

-- tim-cau | Ai đã nói con số nào về một chuyện?
-- Tìm toàn văn trong các câu có số liệu; "hòa bình" cũng tìm thấy "hoà bình".
SELECT f.title, f.published, f.text, f.entity, f.property, f.sentence
FROM sentences_fts
JOIN sentences s ON s.id = sentences_fts.rowid
JOIN claims c ON c.article_id = s.article_id AND c.sentence_offset = s.start_offset
JOIN figures f ON f.article_id = c.article_id AND f.claim_id = c.id
WHERE sentences_fts MATCH '"hòa bình"'
ORDER BY f.published DESC, f.article_id, f.claim_id;

-- so-tien-lon-nhat | Những khoản tiền nào lớn nhất?
-- Mười khoản tiền đồng lớn nhất.
SELECT value, text, entity, property, period, title, published
FROM figures
WHERE kind = 'money' AND unit_code = 'VND'
ORDER BY value_real DESC, article_id, claim_id
LIMIT 10;

-- chua-dat-chi-tieu | Ai chưa đạt chỉ tiêu?
-- Các tỷ lệ so với chỉ tiêu dưới 100 %, thấp nhất trước.
SELECT entity, property, value, reference, period, title, published
FROM figures
WHERE kind = 'target_percentage' AND value_real < 100
ORDER BY value_real, article_id, claim_id;

-- tang-giam-manh | Điều gì tăng, giảm mạnh nhất?
-- Các mức thay đổi tính bằng phần trăm, lớn nhất trước.
SELECT direction, value, entity, property, period, reference, title, published
FROM figures
WHERE kind = 'change' AND unit = '%'
ORDER BY value_real DESC, article_id, claim_id
LIMIT 20;

-- noi-khac-nhau | Cùng một chuyện, các bài nói số khác nhau ở đâu?
-- Cùng chủ thể, nội dung, kỳ và đơn vị nhưng hai bài nêu hai giá trị.
SELECT x.entity, x.property, x.period, x.unit, x.value AS value_1, y.value AS value_2,
  x.title AS title_1, y.title AS title_2, x.sentence AS sentence_1, y.sentence AS sentence_2
FROM figures x
JOIN figures y ON y.entity_folded = x.entity_folded AND y.property = x.property AND y.unit = x.unit AND y.kind = x.kind
  AND y.period_from = x.period_from AND y.period_to = x.period_to AND y.article_id > x.article_id AND y.value <> x.value
WHERE x.kind NOT IN ('change', 'rank', 'age')
ORDER BY x.entity, x.property, x.article_id, y.article_id;

-- theo-tinh | Tỉnh nào được nói đến nhiều nhất?
-- Số bài và số số liệu theo mã tỉnh; hệ mã cho biết trước hay sau tháng 7 năm 2025.
SELECT e.place_system, e.province_code, count(DISTINCT c.article_id) AS articles, count(*) AS claims
FROM claims c JOIN entities e ON e.id = c.entity_id
WHERE e.province_code IS NOT NULL
GROUP BY e.place_system, e.province_code
ORDER BY claims DESC, e.province_code;

-- dang-lai | Bài nào được đăng lại nguyên văn?
-- Bài đầu tiên và các bài trùng nội dung với nó.
SELECT f.title, f.published, f.source, count(*) AS copies, group_concat(d.source, ', ') AS sources
FROM articles d JOIN articles f ON f.id = d.duplicate_of
GROUP BY f.id
ORDER BY copies DESC, f.id;

-- khong-doc-duoc | Những gì không đọc được, vì sao?
-- Lỗi đọc theo bước, kèm tệp; bài không đọc được thì không có mã bài.
SELECT stage, message, source, article_id
FROM faults
ORDER BY article_id IS NOT NULL, stage, source;
