#!/usr/bin/env python3
"""Writes seeded.tsv: 300 correct statements in the manner of the news, and each of them with one slip seeded into it.

    python3 corpus/seed_errors.py > corpus/seeded.tsv

A statement says numbers that determine one of themselves (67/69 is 97,1 %). It is made correct by computing that one
and rounding half up. A slip is then put into one number, of the kinds that newsrooms make:

    digit_changed      one digit is another          digits_swapped    two neighbours change places
    decimal_shifted    the comma is one place off    scale_word        triệu for tỷ, tỷ for triệu, nghìn for triệu
    part_whole_swapped the two numbers change roles  wrong_base        the percentage is of the other level
    part_left_out      the total forgets one part

A slip is kept only where no reading of the stated precision, cut or rounded, lets the statement hold: what is expected
as inconsistent is inconsistent by arithmetic, not by opinion. Same script, same file, byte for byte.
"""
import itertools, random
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal as D

SCALES = {"": D(1), "nghìn": D(10) ** 3, "triệu": D(10) ** 6, "tỷ": D(10) ** 9, "nghìn tỷ": D(10) ** 12}
OTHER_SCALE = {"tỷ": "triệu", "triệu": "tỷ", "nghìn": "triệu", "nghìn tỷ": "tỷ"}


@dataclass(frozen=True)
class N:
    """A written number: `1,25 tỷ` is N(1.25, 2, "tỷ")."""
    v: D
    dec: int = 0
    scale: str = ""

    def real(self, nudge=0):
        """Its value, or the end of the interval that it stands for. Whole numbers without a scale word are exact."""
        half = D(0) if self.dec == 0 and not self.scale else D("0.5") / D(10) ** self.dec
        return (self.v + nudge * half) * SCALES[self.scale]

    def __str__(self):
        whole, _, part = f"{self.v:,.{self.dec}f}".partition(".")
        text = whole.replace(",", ".") + ("," + part if self.dec else "")
        return f"{text} {self.scale}".strip()


def rounded(x, dec): return x.quantize(D(1).scaleb(-dec), ROUND_HALF_UP)
def whole(r, lo, hi): return N(D(r.randint(lo, hi)))
def dec(r, lo, hi, places=1, scale=""): return N(rounded(D(r.uniform(lo, hi)), places), places, scale)


# One template: the rule, the slot that the others determine, how, what the slots are, and the ways to say it.
def share(n): return 100 * n["a"].real(n["_a"]) / n["b"].real(n["_b"])
def growth(n): return 100 * (n["b"].real(n["_b"]) / n["a"].real(n["_a"]) - 1)
def fall(n): return 100 * (1 - n["b"].real(n["_b"]) / n["a"].real(n["_a"]))
def sum3(n): return sum(n[k].real(n["_" + k]) for k in "abc")
def less(n): return n["a"].real(n["_a"]) - n["b"].real(n["_b"])
def quotient(n): return n["a"].real(n["_a"]) / n["b"].real(n["_b"])
def product(n): return n["a"].real(n["_a"]) * n["b"].real(n["_b"])
def yield_(n): return n["a"].real(n["_a"]) * n["b"].real(n["_b"]) / 10
def from_now(n): return 100 * n["b"].real(n["_b"]) / (n["a"].real(n["_a"]) - n["b"].real(n["_b"]))


def part(r, b, lo=0.1, hi=0.95):
    return N(rounded(b.v * D(r.uniform(lo, hi)), b.dec), b.dec, b.scale)


def counts(lo, hi, a=0.1, b=0.95):
    def make(r):
        total = whole(r, lo, hi)
        return {"b": total, "a": part(r, total, a, b)}
    return make


def amounts(lo, hi, places, scale, a=0.1, b=0.95):
    def make(r):
        total = dec(r, lo, hi, places, scale)
        return {"b": total, "a": part(r, total, a, b)}
    return make


def levels(lo, hi, places, scale, up, a=0.03, b=0.6):
    def make(r):
        first = dec(r, lo, hi, places, scale)
        by = D(r.uniform(a, b))
        return {"a": first, "b": N(rounded(first.v * (1 + by if up else 1 - by), places), places, scale)}
    return make


def three(lo, hi, places=0, scale=""):
    return lambda r: {k: dec(r, lo, hi, places, scale) for k in "abc"}


# (rule, determined slot, its places, its scale, function, makers of the slots, sentences)
TEMPLATES = [
    ("part_of_whole", "p", 1, "", share, counts(40, 190, 0.7, 0.99), [
        "Qua đánh giá năm {y}, huyện {h} có {a}/{b} chi bộ, đảng bộ cơ sở xếp loại tốt trở lên (chiếm {p}%).",
        "Đến nay, huyện {h} có {a}/{b} trường đạt chuẩn quốc gia, đạt {p}%.",
        "Toàn huyện {h} có {a}/{b} thôn, làng được công nhận danh hiệu văn hóa (đạt {p}%) theo Quyết định 112/QĐ-UBND."]),
    ("part_of_whole", "p", 2, "", share, counts(900, 9000, 0.1, 0.9), [
        "Năm {y}, huyện {h} có {b} hộ dân, trong đó {a} hộ sử dụng nước sạch, chiếm {p}%.",
        "Kỳ thi năm {y}, huyện {h} có {b} thí sinh dự thi; {a} thí sinh đạt điểm trung bình trở lên, chiếm {p}%.",
        "Đảng bộ huyện {h} có {b} đảng viên, trong đó đảng viên nữ là {a} người, chiếm tỷ lệ {p}%."]),
    ("share_of_whole", "p", 1, "", share, amounts(200, 9000, 1, "tỷ", 0.1, 0.85), [
        "Tổng thu ngân sách của huyện {h} năm {y} đạt {b} đồng; trong đó thu tiền sử dụng đất {a} đồng, chiếm {p}% tổng thu.",
        "Chương trình nông thôn mới tại {h} huy động được {b} đồng, trong đó vốn tín dụng {a} đồng, chiếm {p}%.",
        "Dư nợ cho vay trên địa bàn {h} là {b} đồng, riêng dư nợ nông nghiệp {a} đồng, chiếm {p}% tổng dư nợ."]),
    ("target_reached", "p", 1, "", share, amounts(150, 6000, 0, "tỷ", 0.3, 1.4), [
        "9 tháng năm {y}, {h} thu ngân sách {a} đồng, bằng {p}% dự toán ({b} đồng).",
        "Tính đến ngày 30/9, {h} giải ngân vốn đầu tư công {a} đồng, đạt {p}% kế hoạch vốn giao là {b} đồng."]),
    ("target_reached", "p", 2, "", share, counts(800, 9000, 0.4, 1.3), [
        "Năm {y}, {h} giải quyết việc làm cho {a} lao động, đạt {p}% kế hoạch ({b} lao động).",
        "Từ đầu năm đến nay, {h} phát triển được {a} người tham gia bảo hiểm xã hội tự nguyện, đạt {p}% chỉ tiêu giao là {b} người."]),
    ("excess_over_target", "p", 1, "tỷ", less, lambda r: (lambda t: {"b": t, "a": N(rounded(t.v * D(r.uniform(1.05, 1.4)), 1), 1, "tỷ")})(dec(r, 80, 900, 1, "tỷ")), [
        "Năm {y}, huyện {h} được giao thu ngân sách {b} đồng, thực hiện được {a} đồng, vượt {p} đồng so với dự toán.",
        "Số thu của {h} đạt {a} đồng, trong khi dự toán là {b} đồng, vượt {p} đồng."]),
    ("change_between_levels", "p", 1, "", growth, levels(20, 900, 1, "tỷ", True), [
        "Doanh thu của Công ty {c} tăng từ {a} đồng năm trước lên {b} đồng năm {y}, tăng {p}%.",
        "Tổng tài sản của Hợp tác xã {c} từ {a} đồng tăng lên {b} đồng, tương ứng tăng {p}%."]),
    ("change_between_levels", "p", 1, "", fall, levels(20, 900, 1, "tỷ", False), [
        "Lợi nhuận của Công ty {c} giảm từ {a} đồng xuống còn {b} đồng, giảm {p}% so với năm trước.",
        "Hàng tồn kho của Công ty {c} từ {a} đồng giảm còn {b} đồng, tức giảm {p}%."]),
    ("change_between_levels", "p", 2, "", less, levels(6, 40, 2, "", False, 0.1, 0.7), [
        "Tỷ lệ hộ nghèo của huyện {h} giảm từ {a}% đầu năm xuống còn {b}% cuối năm {y}, giảm {p} điểm phần trăm.",
        "Tỷ lệ thất thoát nước ở {h} đã giảm {p} điểm phần trăm, từ {a}% xuống {b}%."]),
    ("change_from_level", "p", 2, "", from_now, lambda r: (lambda n: {"a": n, "b": part(r, n, 0.05, 0.4)})(whole(r, 300, 6000)), [
        "Quý I/{y}, {h} có {a} doanh nghiệp thành lập mới, tăng {b} doanh nghiệp ({p}%) so với cùng kỳ.",
        "6 tháng qua, {h} ghi nhận {a} ca sốt xuất huyết, tăng {b} ca (tăng {p}%) so với cùng kỳ năm trước."]),
    ("parts_total", "p", 0, "", sum3, three(12, 900), [
        "Vụ này, {h} có {p} hộ bị thiệt hại, gồm {a} hộ ở xã {x}, {b} hộ ở xã {z} và {c3} hộ ở thị trấn.",
        "Trường THCS số 2 {h} có {p} học sinh mới, gồm {a} em lớp 6, {b} em lớp 7 và {c3} em lớp 8.",
        "Toàn {h} có {p} ca mắc mới, trong đó xã {x} {a} ca, xã {z} {b} ca, còn lại {c3} ca ở thị trấn."]),
    ("parts_total", "p", 1, "tỷ", sum3, three(5, 400, 1, "tỷ"), [
        "Tổng vốn đầu tư cho {h} là {p} đồng, gồm ngân sách trung ương {a} đồng, ngân sách tỉnh {b} đồng và ngân sách huyện {c3} đồng.",
        "Dự án đường tránh {h} có tổng mức {p} đồng, trong đó xây lắp {a} đồng, giải phóng mặt bằng {b} đồng, dự phòng {c3} đồng."]),
    ("average", "p", 1, "triệu", quotient, lambda r: {"a": dec(r, 3, 90, 2, "tỷ"), "b": whole(r, 25, 600)}, [
        "Ngân hàng Chính sách xã hội {h} giải ngân {a} đồng cho {b} hộ vay, bình quân {p} đồng/hộ.",
        "Quỹ khuyến học {h} trao {a} đồng cho {b} sinh viên, bình quân mỗi em {p} đồng."]),
    ("rate", "p", 1, "", yield_, lambda r: {"a": dec(r, 150, 6000, 1), "b": dec(r, 40, 75, 1)}, [
        "Vụ đông xuân, {h} gieo trồng {a} ha lúa, năng suất bình quân {b} tạ/ha, sản lượng {p} tấn.",
        "Xã {x} có {a} ha ngô, năng suất {b} tạ/ha, sản lượng đạt {p} tấn."]),
    ("rate", "p", 0, "triệu", product, lambda r: {"a": whole(r, 12, 400), "b": N(D(r.randrange(20, 95, 5)), 0, "triệu")}, [
        "{h} hỗ trợ xóa nhà tạm cho {a} hộ, mỗi hộ {b} đồng, tổng kinh phí {p} đồng.",
        "Công ty {c} thưởng Tết cho {a} công nhân, mỗi người {b} đồng, tổng cộng {p} đồng."]),
    ("difference", "p", 0, "", less, lambda r: (lambda t: {"a": t, "b": part(r, t, 0.3, 0.9)})(whole(r, 200, 5000)), [
        "Trong {a} hồ sơ tiếp nhận, {h} đã giải quyết {b} hồ sơ, còn lại {p} hồ sơ đang xử lý.",
        "Huyện {h} có {a} hộ thuộc diện di dời, đã di dời {b} hộ, còn {p} hộ chưa bàn giao mặt bằng."]),
    ("multiple_between_levels", "p", 1, "", quotient, lambda r: (lambda t: {"b": t, "a": N(rounded(t.v * D(r.uniform(1.4, 6)), 1), 1, "tỷ")})(dec(r, 5, 300, 1, "tỷ")), [
        "Công ty {c} lãi {a} đồng năm {y}, gấp {p} lần năm trước ({b} đồng).",
        "Doanh thu du lịch {h} dịp lễ đạt {a} đồng, gấp {p} lần cùng kỳ ({b} đồng)."]),
]
DISTRICTS = ["Ea Súp", "Kon Plông", "Cư Jút", "Đam Rông", "Bác Ái", "Sông Hinh", "Ba Tơ", "Nam Giang", "A Lưới", "Minh Hóa", "Quan Sơn", "Mù Cang Chải",
             "Bảo Lạc", "Na Rì", "Gò Quao", "Giồng Trôm", "Châu Phú", "Phước Long", "Tân Biên", "Xuyên Mộc"]
COMPANIES = ["Hải Thịnh", "Vạn Xuân", "Phú Lộc", "Đại Ngàn", "Minh Trí", "Sông Lam Xanh", "Bình Nguyên", "An Khê Foods"]
COMMUNES = ["Đăk Nên", "Hòa Mỹ", "Phú Sơn", "Ea Lê", "Tân Lập", "Vĩnh Hảo", "Long Sơn", "Trà Giang"]


def bounds(f, slots):
    names = [k for k in slots if k != "p"]
    found = []
    for nudges in itertools.product((-1, 0, 1), repeat=len(names)):
        n = dict(slots)
        n.update({"_" + k: x for k, x in zip(names, nudges)})
        found.append(f(n))
    return min(found), max(found)


def holds(f, slots):
    """Whether the written result can be right: rounded or cut, at any values that the numbers stand for."""
    low, high = bounds(f, slots)
    p = slots["p"]
    step = SCALES[p.scale] / D(10) ** p.dec
    if p.dec == 0 and not p.scale and low == high:
        return p.real() == low
    return low - step <= p.real() <= high + step


def digits(n): return f"{n.v:.{n.dec}f}"


def slips(rule, slots, f, r):
    """Every slip that this statement could have suffered."""
    for k, n in slots.items():
        s = digits(n)
        places = [i for i, c in enumerate(s) if c.isdigit()]
        i = r.choice(places)
        other = r.choice([c for c in "123456789" if c != s[i]])
        yield "digit_changed", {**slots, k: replace(n, v=D(s[:i] + other + s[i + 1:]))}
        for i, j in zip(places, places[1:]):
            if s[i] != s[j] and not (i == 0 and s[j] == "0"):
                t = list(s)
                t[i], t[j] = t[j], t[i]
                yield "digits_swapped", {**slots, k: replace(n, v=D("".join(t)))}
        if n.dec:
            yield "decimal_shifted", {**slots, k: replace(n, v=n.v * 10, dec=n.dec - 1)}
        if n.scale in OTHER_SCALE:
            yield "scale_word", {**slots, k: replace(n, scale=OTHER_SCALE[n.scale])}
    if rule in ("part_of_whole", "share_of_whole", "target_reached"):
        yield "part_whole_swapped", {**slots, "a": slots["b"], "b": slots["a"]}
    if f in (growth, fall):
        base = slots["b"].real()
        yield "wrong_base", {**slots, "p": replace(slots["p"], v=rounded(100 * abs(base - slots["a"].real()) / base, slots["p"].dec))}
    if f is from_now:
        yield "wrong_base", {**slots, "p": replace(slots["p"], v=rounded(100 * slots["b"].real() / slots["a"].real(), slots["p"].dec))}
    if f is sum3:
        k = r.choice("abc")
        yield "part_left_out", {**slots, "p": replace(slots["p"], v=slots["p"].v - slots[k].v)}


def main():
    r = random.Random(20230511)
    tally = {}
    print("id\texpected\tslip\trule\ttext")
    ways = [(t, sentence) for t in TEMPLATES for sentence in t[6]]
    for number in range(300):
        (rule, _, places, scale, f, make, _), sentence = ways[number % len(ways)]
        while True:
            slots = make(r)
            zero = {"_" + k: 0 for k in slots}
            slots["p"] = N(rounded(f({**slots, **zero}) / SCALES[scale], places), places, scale)
            candidates = [s for s in slips(rule, slots, f, r) if not holds(f, s[1])]
            round_ = any(n.dec and digits(n).endswith("0") for n in slots.values())  # nobody prints "6.728,0 tỷ"
            if candidates and holds(f, slots) and slots["p"].v > 0 and not round_:
                break
        kinds = sorted({kind for kind, _ in candidates}, key=lambda kind: (tally.get(kind, 0), kind))
        slip, wrong = r.choice([c for c in candidates if c[0] == kinds[0]])
        tally[slip] = tally.get(slip, 0) + 1
        names = dict(y=r.randint(2016, 2024), h=r.choice(DISTRICTS), c=r.choice(COMPANIES), x=COMMUNES[r.randrange(4)], z=COMMUNES[4 + r.randrange(4)])
        for state, kind, said in (("consistent", "", slots), ("inconsistent", slip, wrong)):
            words = {**{k: v for k, v in said.items() if k != "c"}, **names, "c3": said.get("c", "")}
            print(f"s{number + 1:03}-{state[0]}\t{state}\t{kind}\t{rule}\t{sentence.format(**words)}")


if __name__ == "__main__":
    main()
