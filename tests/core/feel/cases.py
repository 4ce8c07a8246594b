"""Every built-in function with small cases: what one writes, and the value as FEEL writes it."""

from __future__ import annotations

NUMBERS = {
    "decimal": (("decimal(1/3, 2)", "0.33"), ("decimal(2.5, 0)", "2"), ("decimal(1255, -1)", "1260")),
    "floor": (("floor(-1.5)", "-2"), ("floor(1.56, 1)", "1.5")),
    "ceiling": (("ceiling(1.2)", "2"), ("ceiling(-1.56, 1)", "-1.5")),
    "round up": (("round up(5.21, 1)", "5.3"), ("round up(-5.5, 0)", "-6")),
    "round down": (("round down(5.29, 1)", "5.2"), ("round down(-5.5, 0)", "-5")),
    "round half up": (("round half up(2.5, 0)", "3"), ("round half up(-2.5, 0)", "-3")),
    "round half down": (("round half down(2.5, 0)", "2"), ("round half down(2.51, 0)", "3")),
    "abs": (("abs(-10)", "10"), ('abs(@"-P2D")', "P2D"), ('abs("x")', None)),
    "modulo": (("modulo(12, 5)", "2"), ("modulo(-12, 5)", "3"), ("modulo(12, -5)", "-3"), ("modulo(1, 0)", None)),
    "sqrt": (("sqrt(16)", "4"), ("sqrt(-1)", None)),
    "log": (("decimal(log(10), 6)", "2.302585"), ("log(0)", None)),
    "exp": (("decimal(exp(1), 6)", "2.718282"), ("exp(1e9)", None)),
    "odd": (("odd(5)", "true"), ("odd(2)", "false"), ("odd(2.5)", "false")),
    "even": (("even(4)", "true"), ("even(5)", "false"), ("even(1e30)", "true")),
    "not": (("not(true)", "false"), ("not(null)", None), ('not("yes")', None)),
}
TEXTS = {
    "substring": (('substring("thửa đất", 6)', "đất"), ('substring("foobar", -2, 1)', "a"), ('substring("x", 0)', None)),
    "string length": (('string length("Đà Nẵng")', "7"), ('string length("🐎")', "1")),
    "upper case": (('upper case("sổ đỏ")', "SỔ ĐỎ"),),
    "lower case": (('lower case("UBND")', "ubnd"),),
    "substring before": (('substring before("12/2026", "/")', "12"), ('substring before("12", "/")', "")),
    "substring after": (('substring after("12/2026", "/")', "2026"), ('substring after("12", "/")', "")),
    "replace": (
        ('replace("0905 123 456", "\\s", "")', "0905123456"),
        ('replace("Nguyễn Văn A", "(\\w+)$", "[$1]")', "Nguyễn Văn [A]"),
        ('replace("abc", "x*", "-")', None),
    ),
    "contains": (('contains("Nguyễn Văn A", "Văn")', "true"), ('contains("a", null)', None)),
    "starts with": (('starts with("H29.17", "H29")', "true"),),
    "ends with": (('ends with("file.pdf", ".pdf")', "true"),),
    "matches": (
        ('matches("0905123456", "^0[0-9]{9}$")', "true"),
        ('matches("UBND", "ubnd", "i")', "true"),
        ('matches("a", "(")', None),
        ('matches("a", "a", "q?")', None),
    ),
    "split": (('split("John Doe", "\\s")', '["John", "Doe"]'), ('split("a;b;;", ";")', '["a", "b", "", ""]')),
    "string join": (
        ('string join(["a", null, "c"], ", ")', "a, c"),
        ('string join(["a", "b"])', "ab"),
        ("string join([1])", None),
    ),
}
LISTS = {
    "list contains": (("list contains([1, 2], 2)", "true"), ("list contains([1, null], null)", "true")),
    "count": (("count([1, 2, 3])", "3"), ("count([])", "0"), ("count(7)", "1"), ("count(null)", None)),
    "sublist": (("sublist([4, 5, 6], 2)", "[5, 6]"), ("sublist([1, 2, 3], -2, 1)", "[2]"), ("sublist([1], 3)", None)),
    "append": (("append([1], 2, 3)", "[1, 2, 3]"),),
    "concatenate": (("concatenate([1, 2], [3])", "[1, 2, 3]"),),
    "insert before": (("insert before([1, 3], 2, 2)", "[1, 2, 3]"), ("insert before([1], 5, 2)", None)),
    "remove": (("remove([1, 2, 3], 2)", "[1, 3]"), ("remove([1], 2)", None)),
    "list replace": (
        ("list replace([2, 4, 7], 3, 6)", "[2, 4, 6]"),
        ("list replace([2, 4, 7], function(item, new) item < new, 5)", "[5, 5, 7]"),
    ),
    "reverse": (("reverse([1, 2, 3])", "[3, 2, 1]"),),
    "index of": (("index of([1, 2, 3, 2], 2)", "[2, 4]"), ("index of([1], 9)", "[]")),
    "union": (("union([1, 2], [2, 3])", "[1, 2, 3]"),),
    "distinct values": (("distinct values([1, 2, 1])", "[1, 2]"), ('distinct values([{a: 1}, {a: 1}])', "[{a: 1}]")),
    "flatten": (("flatten([[1, [2]], 3])", "[1, 2, 3]"),),
    "sort": (
        ("sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]"),
        ("sort([3, 1, 2])", "[1, 2, 3]"),
        ('sort([1, "a"])', None),
    ),
    "min": (("min([3, 1, 2])", "1"), ('min("b", "a")', "a"), ("min([])", None), ('min(1, "a")', None)),
    "max": (("max(1, 2, 3)", "3"), ('max(@"2026-01-01", @"2026-02-01")', "2026-02-01")),
    "sum": (("sum([1.1, 2.2])", "3.3"), ('sum(@"P1D", @"PT12H")', "P1DT12H"), ("sum([])", None), ('sum("a")', None)),
    "mean": (("mean([1, 2, 3])", "2"), ("mean([])", None)),
    "product": (("product(2, 3, 4)", "24"), ("product([])", None)),
    "median": (("median(8, 2, 5, 3, 4)", "4"), ("median([6, 1, 2, 3])", "2.5"), ("median([])", None)),
    "stddev": (("decimal(stddev(2, 4, 7, 5), 6)", "2.081666"), ("stddev([47])", None)),
    "mode": (("mode(6, 3, 9, 6, 6)", "[6]"), ("mode([6, 1, 9, 6, 1])", "[1, 6]"), ("mode([])", "[]")),
    "all": (("all([true, false])", "false"), ("all([])", "true"), ("all([true, null])", None)),
    "any": (("any([false, true])", "true"), ("any([])", "false"), ("any([false, null])", None)),
    "and": (("and([true, true])", "true"), ("and([false, null])", "false")),
    "or": (("or([false, true])", "true"), ("or([false, null])", None)),
}
CONTEXTS = {
    "get value": (
        ('get value({fee: 350000}, "fee")', "350000"),
        ('get value({a: {b: 1}}, ["a", "b"])', "1"),
        ('get value({}, "x")', None),
    ),
    "get entries": (("get entries({a: 1})", '[{key: "a", value: 1}]'),),
    "context": (('context([{key: "a", value: 1}])', "{a: 1}"), ('context([{key: "a"}])', None)),
    "context put": (
        ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
        ('context put({a: {b: 1}}, ["a", "b"], 2)', "{a: {b: 2}}"),
    ),
    "context merge": (("context merge([{a: 1, b: 1}, {b: 2}])", "{a: 1, b: 2}"),),
}
CONVERSIONS = {
    "string": (
        ("string(1.10)", "1.1"),
        ('string({a: ["x", @"2026-11-22"]})', '{a: ["x", @"2026-11-22"]}'),
        ("string(null)", None),
    ),
    "number": (
        ('number("1.000.000,01", ".", ",")', "1000000.01"),
        ('number("12")', "12"),
        ('number("mười")', None),
        ('number("1,0", ",", ",")', None),
    ),
    "date": (
        ('date("2026-11-22")', "2026-11-22"),
        ("date(2024, 2, 29)", "2024-02-29"),
        ('date(date and time("2026-11-22T08:00:00Z"))', "2026-11-22"),
        ('date("2026-02-29")', None),
    ),
    "time": (
        ('time("08:30:00")', "08:30:00"),
        ('time(8, 30, 0, @"PT7H")', "08:30:00+07:00"),
        ('time("25:00:00")', None),
    ),
    "date and time": (
        ('date and time("2026-11-22T08:30:00@Asia/Ho_Chi_Minh")', "2026-11-22T08:30:00@Asia/Ho_Chi_Minh"),
        ('date and time(@"2026-11-22", @"08:30:00")', "2026-11-22T08:30:00"),
        ('date and time(@"2026-11-22T01:30:00Z", "Asia/Ho_Chi_Minh")', "2026-11-22T08:30:00@Asia/Ho_Chi_Minh"),
        ("date and time(2026, 11, 22, 8, 30, 0)", "2026-11-22T08:30:00"),
        ('date and time("22/11/2026")', None),
    ),
    "duration": (('duration("P5D")', "P5D"), ('duration("P1Y6M")', "P1Y6M"), ('duration("5 days")', None)),
    "years and months duration": (
        ('years and months duration(@"2011-12-22", @"2013-08-24")', "P1Y8M"),
        ('years and months duration(@"2026-01-31", @"2026-02-28")', "P0M"),
        ('years and months duration(@"2013-08-24", @"2012-12-24")', "-P8M"),
    ),
    "range": (('range("[18..21)")', "[18..21)"), ('range("[21..18]")', None), ('range("18")', None)),
}
DATES = {
    "now": (("now()", "2026-11-22T08:30:00Z"),),
    "today": (("today()", "2026-11-22"),),
    "day of year": (("day of year(date(2026, 2, 1))", "32"),),
    "day of week": (('day of week(@"2026-11-22")', "Sunday"),),
    "month of year": (('month of year(@"2026-11-22")', "November"),),
    "week of year": (('week of year(@"2005-01-01")', "53"), ('week of year(@"2026-11-22")', "47")),
    "is": (('is(@"2026-11-22", @"2026-11-22")', "true"), ('is(@"08:00:00Z", @"08:00:00")', "false"), ("is(1, null)", "false")),
}
RANGES = {
    "before": (("before(1, 10)", "true"), ("before([1..5], [5..9])", "false"), ("before([1..5), [5..9])", "true")),
    "after": (("after(10, [1..9])", "true"), ("after([5..9], 4)", "true")),
    "meets": (("meets([1..5], [5..9])", "true"), ("meets([1..5), [5..9])", "false")),
    "met by": (("met by([5..9], [1..5])", "true"),),
    "overlaps": (("overlaps([1..5], [4..9])", "true"), ("overlaps([1..5), [5..9])", "false")),
    "overlaps before": (("overlaps before([1..5], [4..9])", "true"), ("overlaps before([4..9], [1..5])", "false")),
    "overlaps after": (("overlaps after([4..9], [1..5])", "true"), ("overlaps after([1..5], [4..9])", "false")),
    "finishes": (("finishes(9, [1..9])", "true"), ("finishes([5..9], [1..9])", "true"), ("finishes(9, [1..9))", "false")),
    "finished by": (("finished by([1..9], 9)", "true"), ("finished by([1..9], [5..9])", "true")),
    "includes": (("includes([1..9], 5)", "true"), ("includes([1..9], [2..9])", "true"), ("includes([1..9), 9)", "false")),
    "during": (("during(5, [1..9])", "true"), ("during([2..8], [1..9])", "true")),
    "starts": (("starts(1, [1..9])", "true"), ("starts([1..5], [1..9])", "true"), ("starts(1, (1..9])", "false")),
    "started by": (("started by([1..9], 1)", "true"), ("started by([1..9], [1..5])", "true")),
    "coincides": (("coincides([1..9], [1..9])", "true"), ("coincides(1, 2)", "false")),
}
WORKING_TIME = {
    "add working time": (
        ('add working time(@"2026-11-20T08:00:00@Asia/Ho_Chi_Minh", "1 wd")', "2026-11-23T17:00:00@Asia/Ho_Chi_Minh"),
        ('add working time(@"2026-11-20", "five days")', None),
    ),
    "working days between": (('working days between(@"2026-11-20", @"2026-11-24")', "2"),),
    "is working day": (('is working day(@"2026-11-21")', "false"), ('is working day(@"2026-11-20")', "true")),
}

CASES = {**NUMBERS, **TEXTS, **LISTS, **CONTEXTS, **CONVERSIONS, **DATES, **RANGES, **WORKING_TIME}

OPERATORS = (
    ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("10 / 4", "2.5"), ("2 ** 3 ** 2", "64"), ("-2 ** 2", "4"), ("1 / 0", None),
    ("0.1 + 0.2 = 0.3", "true"), ('"a" + "b"', "ab"), ('"a" + 1', None), ("1 + null", None), ("-(3)", "-3"),
    ('@"2026-11-22" + @"P30D"', "2026-12-22"), ('@"2026-01-31" + @"P1M"', "2026-02-28"), ('@"2026-11-22" - @"2026-11-01"', "P21D"),
    ('@"P1D" * 2.5', "P2DT12H"), ('@"P1Y" / 2', "P6M"), ('@"10:00:00" + @"PT15H"', "01:00:00"), ('@"P2D" / @"PT12H"', "4"),
    ("1 = 1.0", "true"), ("1 != 2", "true"), ('1 = "1"', None), ("null = null", "true"), ("1 = null", "false"), ("1 < null", None),
    ('"a" < "b"', "true"), ("[1, 2] = [1, 2]", "true"), ("{a: 1, b: 2} = {b: 2, a: 1}", "true"), ("[1] = 1", "true"),
    ("[] = 1", None), ("true > false", None),
    ("3 >= 3", "true"), ("3 <= 2", "false"), ('@"2026-11-22T08:00:00+07:00" = @"2026-11-22T01:00:00Z"', "true"),
    ("true and false", "false"), ("false and null", "false"), ("true and null", None), ("true or null", "true"), ("false or null", None),
    ('"x" and false', "false"), ("not(1 = 2)", "true"), ("5 between 1 and 9", "true"), ("null between 1 and 9", None),
    ("5 in (1, 5)", "true"), ("5 in [1..9]", "true"), ("5 in (5..9]", "false"), ("5 in ]5..9]", "false"), ("9 in [5..9[", "false"),
    ("5 in (< 3, > 4)", "true"), ("5 in != 5", "false"), ("5 in [[1..3], [4..6]]", "true"), ("null in [1..9]", None),
    ("if 1 < 2 then 3 else 4", "3"), ("if null then 3 else 4", "4"), ('if "x" then 3 else 4', None),
    ("for x in [1, 2], y in 1..2 return x * y", "[1, 2, 2, 4]"), ("for x in 3..1 return x", "[3, 2, 1]"),
    ("for i in 0..3 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6]"), ("for x in null return x", None),
    ("some x in [1, 2] satisfies x > 1", "true"), ("every x in [1, 2] satisfies x > 1", "false"), ("every x in [] satisfies x", "true"),
    ("[1, 2, 3][item > 1]", "[2, 3]"), ("[1, 2, 3][2]", "2"), ("[1, 2, 3][-1]", "3"), ("[1][2]", None), ("5[1]", "5"),
    ("[{area: 80}, {area: 120}][area > 100]", "[{area: 120}]"), ("[{a: 1}, {a: 2}].a", "[1, 2]"), ("{a: {b: 1}}.a.b", "1"),
    ("{a: 1, b: a + 1}.b", "2"), ("{a: 1, a: 2}", None), ("{a: 1}.b", None), ('@"2026-11-22".weekday', "7"),
    ('@"2026-11-22T08:30:00+07:00".time offset', "PT7H"), ('@"P1DT2H".hours', "2"), ("(1..9].start included", "false"),
    ("1 instance of number", "true"), ("[1] instance of list<number>", "true"), ('{a: "x"} instance of context<a: number>', "false"),
    ("null instance of Any", "false"), ("(function(a: number) a) instance of function<number> -> Any", "true"),
    ("(function(a, b) a + b)(1, 2)", "3"), ("(function(a, b) a - b)(b: 1, a: 3)", "2"), ("(function(a: number) a)([7])", "7"),
    ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(5)}.r", "120"), ("(= 5)", "= 5"), ("(< 5)", "< 5"),
    ('"\\u0110\\n" = "Đ\n"', "true"), ("1 /* plus */ + 2 // end", "3"), (".5", "0.5"), ("1.5e3", "1500"), ('@"xyz"', None),
)  # fmt: skip
