package dev.reprise.testkit.store.walk;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.KnownNames;
import dev.reprise.store.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A program that is made up as it runs, so that most of what it does is about something. */
final class RandomProgram implements Walk.Source {

    /** From so many tasks on, more is ended and removed than submitted. */
    private static final int CROWD = 25;

    private static final int REMEMBERED = 8;

    private final int length;
    private final Dice dice;
    private final SubmissionDraw submissions;
    private final OutcomeDraw outcomes;
    private final ReadDraw reads;
    private final List<Choice> choices;
    private final List<Choice> choicesOfACrowd;
    private final List<Submit> submitted = new ArrayList<>();
    private final List<Outcomes> told = new ArrayList<>();
    private int done;

    RandomProgram(long seed, int length) {
        this.length = length;
        dice = new Dice(seed);
        submissions = new SubmissionDraw(dice);
        outcomes = new OutcomeDraw(dice, submissions);
        reads = new ReadDraw(dice);
        choices = choices(1, 18);
        choicesOfACrowd = choices(6, 2);
    }

    /**
     * A kind of operation.
     *
     * @param weight how often it is drawn, beside the others
     * @param draw draws one
     */
    private record Choice(int weight, Function<View, Operation> draw) {}

    @Override
    public @Nullable Operation next(View view) {
        if (done == length) {
            return null;
        }
        done++;
        var some = view.rows().size() > CROWD ? choicesOfACrowd : choices;
        int at = dice.below(some.stream().mapToInt(Choice::weight).sum());
        for (Choice choice : some) {
            at -= choice.weight;
            if (at < 0) {
                return choice.draw.apply(view);
            }
        }
        throw new AssertionError("no choice");
    }

    /**
     * The kinds of operations.
     *
     * @param ending how often something is ended and removed
     * @param beginning how often something is submitted
     */
    private List<Choice> choices(int ending, int beginning) {
        return List.of(
                new Choice(beginning, this::submit),
                new Choice(2, view -> submitted.isEmpty() ? submit(view) : again()),
                new Choice(14, view -> claim()),
                new Choice(20, this::tell),
                new Choice(3, view -> told.isEmpty() ? tell(view) : dice.of(told)),
                new Choice(2, this::handBack),
                new Choice(5, view -> new Claiming.Unpark(Drawn.anybody(dice), known())),
                new Choice(5, view -> new Claiming.Looks(Drawn.anybody(dice), Claiming.Look.PROMOTE)),
                new Choice(4, view -> new Claiming.Looks(Drawn.anybody(dice), Claiming.Look.EXPIRE)),
                new Choice(1, view -> new Claiming.Looks(Drawn.anybody(dice), dice.of(Claiming.Look.values()))),
                new Choice(8, view -> new Lives.Pass(time())),
                new Choice(1, this::freeze),
                new Choice(4, view -> new Lives.Reap(dice.below(Side.SLOTS))),
                new Choice(1, this::comeOrGo),
                new Choice(2 * ending, view -> new Endings.Cancel(Drawn.scope(dice), Drawn.task(dice, view))),
                new Choice(ending, view -> new Endings.CancelBatch(Drawn.scope(dice), Drawn.batch(dice, view))),
                new Choice(3 * ending, view -> new Endings.Delete(Drawn.scope(dice), Drawn.task(dice, view))),
                new Choice(2 * ending, view -> new Endings.Purge(retention())),
                new Choice(15, reads::draw));
    }

    private Operation claim() {
        return new Claiming.Claim(Drawn.anybody(dice), 1 + dice.below(4));
    }

    private Operation submit(View view) {
        var who = dice.hits(60) ? Drawn.anybody(dice) : null;
        return remembered(submitted, new Submit(who, who == null ? 0 : dice.below(4), submissions.draw(view)));
    }

    /** Once more, as after an answer that was lost; with claims or without. */
    private Operation again() {
        var before = dice.of(submitted);
        if (dice.hits(40)) {
            return before;
        }
        var who = dice.hits(60) ? Drawn.anybody(dice) : null;
        return new Submit(who, who == null ? 0 : dice.below(4), before.submission());
    }

    private Operation tell(View view) {
        if (view.leased().isEmpty() && dice.hits(70)) {
            return claim();
        }
        return remembered(told, outcomes.draw(view));
    }

    private static <T extends Operation> T remembered(List<T> all, T one) {
        all.add(one);
        if (all.size() > REMEMBERED) {
            all.remove(0);
        }
        return one;
    }

    private Operation handBack(View view) {
        var leased = view.leased();
        var held = leased.isEmpty() ? null : view.holder(dice.of(leased));
        var who = held == null ? Drawn.anybody(dice) : held;
        var claims = new ArrayList<Claiming.Past>();
        for (int i = dice.below(2); i >= 0; i--) {
            var his = view.rows(row -> who.equals(view.holder(row)));
            GenerationId task = his.isEmpty() || dice.hits(5)
                    ? Drawn.task(dice, view)
                    : dice.of(his).id();
            claims.add(new Claiming.Past(task, dice.hits(95) ? 0 : 1));
        }
        return new Claiming.HandBack(who, claims);
    }

    private KnownNames known() {
        return new KnownNames(
                some(Names.PROVIDERS.stream()), some(Stream.of(Names.PROCESSOR)), some(Stream.of(Names.HANDLER)));
    }

    private Set<String> some(Stream<String> names) {
        return names.filter(name -> dice.hits(70)).collect(Collectors.toSet());
    }

    private Duration time() {
        return dice.of(
                Duration.ofMillis(1),
                Duration.ofMillis(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3));
    }

    /** Mostly one that has something. */
    private Operation freeze(View view) {
        var held = view.rows(view::isHeldByOneThatIsThere);
        var holder = held.isEmpty() || dice.hits(20) ? null : view.holder(dice.of(held));
        return new Lives.Freeze(holder == null ? dice.below(Side.SLOTS) : holder.slot());
    }

    private Operation comeOrGo(View view) {
        int slot = dice.below(Side.SLOTS);
        return switch (dice.below(5)) {
            case 0 -> new Lives.EndSecond();
            case 1, 2 -> new Lives.Leave(slot);
            default -> new Lives.Open(slot);
        };
    }

    private Retention retention() {
        return new Retention(Duration.ofSeconds(dice.of(0, 0, 1, 5)), dice.of(1, 3, 500));
    }
}
