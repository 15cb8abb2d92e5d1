//! The engine on a toy: numbers in cells, sums over them, and outputs that show sums.

use crate::{
    Answered, AnyQuery, Engine, Facet, FacetName, Held, Memory, Query, ReadKind, Reads, Scope, Snapshot,
    Verdict,
};
use serde::{Deserialize, Serialize};
use ssg_source::Digest;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Numbers by their names; some are common.
#[derive(Clone, Default)]
struct Cells {
    numbers: BTreeMap<u8, i64>,
    words: BTreeMap<u8, String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Name {
    Number(u8),
    Word(u8),
    Roster,
}

struct Number(i64);
struct Word(String);
struct Roster(Vec<u8>);

impl Snapshot for Cells {
    type Facet = Name;
    type Query = Any;
    const ROOM: usize = 3;

    fn keep(&self, digest: Digest, write: &mut dyn FnMut() -> Option<Vec<u8>>) {
        let bytes = write().expect("what is kept can be written");
        KEPT.with_borrow_mut(|kept| kept.insert(digest, bytes));
    }

    fn kept(&self, digest: Digest) -> Option<Arc<[u8]>> {
        KEPT.with_borrow(|kept| kept.get(&digest).map(|bytes| bytes.as_slice().into()))
    }
}

impl FacetName<Cells> for Name {
    fn kind(&self) -> &'static str {
        match self {
            Self::Number(_) => "Number",
            Self::Word(_) => "Word",
            Self::Roster => "Roster",
        }
    }

    fn digest(&self, cells: &Cells) -> Option<Digest> {
        match self {
            Self::Number(key) => Number::read(cells, key).digest(),
            Self::Word(key) => Word::read(cells, key).digest(),
            Self::Roster => Roster::read(cells, &()).digest(),
        }
    }

    fn is_common(&self) -> bool {
        matches!(self, Self::Word(_))
    }
}

macro_rules! facet {
    ($name:ident of $key:ty, $cells:ident, $at:ident => $value:expr, $make:expr) => {
        impl Facet<Cells> for $name {
            type Key = $key;

            fn name($at: &$key) -> Name {
                $make
            }

            fn read($cells: &Cells, $at: &$key) -> Held<Self> {
                match $value {
                    Some(value) => {
                        let held = Held::new(value);
                        let digest = held.digest().expect("a digest");
                        Held::made_of(
                            digest,
                            Arc::new($name(
                                held.into_value().map_or_else(Default::default, |one| (*one).clone()),
                            )),
                        )
                    }
                    None => Held::absent(),
                }
            }
        }
    };
}

facet!(Number of u8, cells, at => cells.numbers.get(at).copied(), Name::Number(*at));
facet!(Word of u8, cells, at => cells.words.get(at).cloned(), Name::Word(*at));
facet!(Roster of (), cells, at => { let () = at; Some(cells.numbers.keys().copied().collect::<Vec<_>>()) }, { let () = at; Name::Roster });

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Any {
    Parity(Parity),
    Sum(Sum),
}

/// Whether a number is odd.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Parity(u8);

/// How many odd numbers there are below a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Sum(u8);

impl From<Parity> for Any {
    fn from(one: Parity) -> Self {
        Self::Parity(one)
    }
}

impl From<Sum> for Any {
    fn from(one: Sum) -> Self {
        Self::Sum(one)
    }
}

impl AnyQuery<Cells> for Any {
    fn kind(&self) -> &'static str {
        match self {
            Self::Parity(_) => "Parity",
            Self::Sum(_) => "Sum",
        }
    }

    fn run(&self, reads: &Reads<Cells>) -> Answered {
        match self {
            Self::Parity(one) => Answered::of(one, reads),
            Self::Sum(one) => Answered::of(one, reads),
        }
    }

    fn is_kept(&self) -> bool {
        matches!(self, Self::Sum(_))
    }

    fn read(&self, bytes: &[u8]) -> Option<Answered> {
        match self {
            Self::Parity(one) => Answered::read(one, bytes),
            Self::Sum(one) => Answered::read(one, bytes),
        }
    }
}

impl Query<Cells> for Parity {
    type Answer = Option<bool>;

    fn size(_: &Option<bool>) -> usize {
        1
    }

    fn answer(&self, reads: &Reads<Cells>) -> Option<bool> {
        ANSWERED.set(ANSWERED.get() + 1);
        reads.get::<Number>(&self.0).map(|number| number.0 % 2 != 0)
    }
}

impl Query<Cells> for Sum {
    type Answer = usize;
    const SHARED: bool = false;
    const KEPT: bool = true;
    const SILENT: bool = true;

    fn to_bytes(sum: &usize) -> Option<Vec<u8>> {
        Some(sum.to_le_bytes().to_vec())
    }

    fn from_bytes(bytes: &[u8]) -> Option<usize> {
        bytes.try_into().ok().map(usize::from_le_bytes)
    }

    fn answer(&self, reads: &Reads<Cells>) -> usize {
        let roster = reads.get::<Roster>(&()).map_or_else(Vec::new, |roster| roster.0.clone());
        let below = roster.into_iter().filter(|name| *name < self.0);
        below.filter(|name| *reads.ask(&Parity(*name)) == Some(true)).count()
    }
}

thread_local! {
    /// How often the parity of a number was looked at.
    static ANSWERED: Cell<usize> = const { Cell::new(0) };
    /// Sums that are kept.
    static KEPT: RefCell<HashMap<Digest, Vec<u8>>> = RefCell::default();
}

/// What an output shows.
fn render(reads: &Reads<Cells>, output: u8) -> String {
    let word = |key: u8| reads.get::<Word>(&key).map_or_else(String::new, |word| word.0.clone());
    match output % 3 {
        0 => format!("{}{} {}", word(0), word(1), reads.ask(&Sum(output))),
        1 => format!("{}{} {:?}", word(0), word(1), reads.ask(&Parity(output))),
        _ => format!("{} {:?}", word(output), reads.get::<Number>(&output).map(|number| number.0)),
    }
}

const OUTPUTS: u8 = 24;

/// Builds; gives the texts and which were rendered.
fn build(memory: Memory<Cells>, cells: &Cells, kept: &mut BTreeMap<u8, String>) -> (Memory<Cells>, Vec<u8>) {
    let engine = Arc::new(memory.begin(cells.clone(), &Scope::All));
    let suspects = engine.suspects();
    let mut rendered = Vec::new();
    for output in 0..OUTPUTS {
        let file = output.to_string();
        let verdict = engine.judge(&file);
        if !matches!(verdict, Verdict::Unknown) && !suspects.contains(&*file) {
            assert!(matches!(verdict, Verdict::Same), "{output} is no suspect");
        }
        if !matches!(verdict, Verdict::Same) {
            let made = engine.make(|reads| render(reads, output));
            kept.insert(output, made.value.clone());
            assert!(engine.remember(&file, made));
            rendered.push(output);
        }
    }
    assert_eq!(engine.check(&|_| false), Vec::<String>::new());
    let engine = Arc::into_inner(engine).expect("nobody else");
    (engine.end().0, rendered)
}

fn through_text(memory: &Memory<Cells>) -> Memory<Cells> {
    let text = serde_json::to_string(memory).expect("it can be written");
    serde_json::from_str(&text).expect("it can be read")
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn key(&mut self) -> u8 {
        u8::try_from(self.below(u64::from(OUTPUTS))).expect("small")
    }
}

fn edit(cells: &mut Cells, random: &mut Random) {
    let key = random.key();
    match random.below(5) {
        0 | 1 => {
            cells.numbers.insert(key, i64::try_from(random.below(5)).expect("small"));
        }
        2 => {
            cells.numbers.remove(&key);
        }
        3 => {
            cells.words.insert(key % 4, random.below(3).to_string());
        }
        _ => {
            cells.words.remove(&(key % 4));
        }
    }
}

#[test]
fn any_edits_give_what_a_clean_build_gives() {
    for seed in 0..300 {
        let mut random = Random(seed);
        let (mut cells, mut memory, mut kept) = (Cells::default(), Memory::default(), BTreeMap::new());
        for step in 0..12 {
            for _ in 0..=random.below(3) {
                edit(&mut cells, &mut random);
            }
            if random.below(4) == 0 {
                memory = through_text(&memory);
            }
            // What is kept may be lost, cut or forged.
            KEPT.with_borrow_mut(|kept| match random.below(6) {
                0 => kept.clear(),
                1 => kept.values_mut().for_each(|bytes| bytes.truncate(3)),
                2 => kept.values_mut().for_each(|bytes| bytes[0] ^= 1),
                _ => {}
            });
            let (next, _) = build(memory, &cells, &mut kept);
            memory = next;
            let mut clean = BTreeMap::new();
            let _ = build(Memory::default(), &cells, &mut clean);
            assert_eq!(kept, clean, "seed {seed}, step {step}");
        }
    }
}

#[test]
fn a_change_ends_where_an_answer_stays() {
    let mut cells = Cells::default();
    cells.numbers.extend((0..OUTPUTS).map(|key| (key, 1)));
    let mut kept = BTreeMap::new();
    let (memory, rendered) = build(Memory::default(), &cells, &mut kept);
    assert_eq!(rendered.len(), usize::from(OUTPUTS));
    let (memory, rendered) = build(memory, &cells, &mut kept);
    assert_eq!(rendered, Vec::<u8>::new());
    // Odd it stays; only what shows the number itself is another.
    cells.numbers.insert(5, 3);
    let (memory, rendered) = build(through_text(&memory), &cells, &mut kept);
    assert_eq!(rendered, [5]);
    cells.numbers.insert(4, 2);
    let (_, rendered) = build(memory, &cells, &mut kept);
    assert_eq!(rendered, [4, 6, 9, 12, 15, 18, 21]);
}

/// Leaves the noting of one kind out, and must see that it is missed.
#[test]
fn what_is_not_noted_is_missed() {
    let facets = ["Number", "Word", "Roster"].map(ReadKind::Facet);
    let queries = ["Parity", "Sum"].map(ReadKind::Query);
    for kind in facets.into_iter().chain(queries) {
        let missed = (0..200).any(|seed| {
            let mut random = Random(seed);
            let (mut cells, mut memory, mut kept) = (Cells::default(), Memory::default(), BTreeMap::new());
            memory.leave_out(kind);
            (0..12).any(|_| {
                edit(&mut cells, &mut random);
                let engine = Arc::new(std::mem::take(&mut memory).begin(cells.clone(), &Scope::All));
                for output in
                    (0..OUTPUTS).filter(|output| !matches!(engine.judge(&output.to_string()), Verdict::Same))
                {
                    let made = engine.make(|reads| render(reads, output));
                    kept.insert(output, made.value.clone());
                    engine.remember(&output.to_string(), made);
                }
                let engine: Engine<Cells> = Arc::into_inner(engine).expect("nobody else");
                memory = engine.end().0;
                let mut clean = BTreeMap::new();
                let _ = build(Memory::default(), &cells, &mut clean);
                kept != clean
            })
        });
        assert!(missed, "{kind:?} is noted for no reason");
    }
}

/// What a thread left undecided, because a build was called away, is decided by a later one.
#[test]
fn what_is_left_undecided_is_made_again() {
    let mut cells = Cells::default();
    cells.numbers.extend((0..OUTPUTS).map(|key| (key, 1)));
    let mut kept = BTreeMap::new();
    let (memory, _) = build(Memory::default(), &cells, &mut kept);
    cells.numbers.insert(4, 2);
    // Nobody asks anything of this one.
    let (memory, _) = memory.begin(cells.clone(), &Scope::All).end();
    let (_, rendered) = build(through_text(&memory), &cells, &mut kept);
    assert!(rendered.contains(&6), "{rendered:?}");
    let mut clean = BTreeMap::new();
    let _ = build(Memory::default(), &cells, &mut clean);
    assert_eq!(kept, clean);
}

#[test]
fn what_was_forgotten_is_not_known_to_a_later_process() {
    let cells = Cells::default();
    let (memory, _) = build(Memory::default(), &cells, &mut BTreeMap::new());
    let engine = Arc::new(memory.begin(cells.clone(), &Scope::All));
    engine.forget("5");
    let memory = Arc::into_inner(engine).expect("nobody else").end().0;
    let engine = Arc::new(through_text(&memory).begin(cells, &Scope::All));
    assert!(matches!(engine.judge("5"), Verdict::Unknown));
    assert!(matches!(engine.judge("6"), Verdict::Same));
}

#[test]
fn answers_that_take_much_room_are_kept_up_to_a_bound() {
    let engine = Arc::new(Memory::default().begin(Cells::default(), &Scope::All));
    let ask = |key: u8| {
        let before = ANSWERED.get();
        let made = engine.make(|reads| *reads.ask(&Parity(key)));
        assert_eq!(made.value, None);
        ANSWERED.get() - before
    };
    assert_eq!([0, 1, 2, 3, 4].map(ask), [1; 5]);
    assert_eq!([0, 1, 2, 3, 4].map(ask), [0, 0, 0, 1, 1]);
}

/// Threads that ask the same thing in the same moment get the answer of this build, all of them: whoever sees
/// that it has changed sees what it has changed to.
#[test]
fn threads_that_ask_at_once_get_the_new_answer() {
    const THREADS: usize = 4;
    const KEYS: u8 = 8;
    let mut cells = Cells::default();
    let mut memory = Memory::default();
    for round in 0..4000 {
        cells.numbers = (0..KEYS).map(|key| (key, round)).collect();
        let engine = Arc::new(std::mem::take(&mut memory).begin(cells.clone(), &Scope::All));
        let gate = std::sync::Barrier::new(THREADS);
        let wrong: Vec<u8> = std::thread::scope(|scope| {
            let ask = || {
                gate.wait();
                let each = |key: &u8| engine.make(|reads| *reads.ask(&Parity(*key))).value;
                (0..KEYS).filter(|key| each(key) != Some(round % 2 != 0)).collect::<Vec<_>>()
            };
            let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(ask)).collect();
            threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
        });
        assert_eq!(wrong, Vec::<u8>::new(), "in round {round}");
        memory = Arc::into_inner(engine).expect("nobody else").end().0;
    }
}

#[test]
fn an_answer_that_is_kept_is_not_made_again() {
    KEPT.with_borrow_mut(HashMap::clear);
    let mut cells = Cells::default();
    cells.numbers.extend((0..12).map(|number| (number, 1)));
    let (memory, _) = build(Memory::default(), &cells, &mut BTreeMap::new());
    // Another word for outputs that show sums, which are the same, in another process.
    cells.words.insert(0, "w".to_owned());
    let count = |memory: &Memory<Cells>| {
        ANSWERED.set(0);
        let (_, rendered) = build(through_text(memory), &cells, &mut BTreeMap::new());
        assert!(rendered.contains(&9));
        ANSWERED.get()
    };
    let with = count(&memory);
    KEPT.with_borrow_mut(HashMap::clear);
    assert!(with < count(&memory), "{with}");
}
