package dev.reprise.testkit.store.walk;

import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.TaskRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws reads. */
final class ReadDraw {

    private final Dice dice;

    ReadDraw(Dice dice) {
        this.dice = dice;
    }

    Operation draw(View view) {
        var scope = Drawn.scope(dice);
        return switch (dice.below(16)) {
            case 0 -> new Reads.Find(scope, Drawn.task(dice, view));
            case 1 -> new Reads.FindSome(scope, some(view));
            case 2 -> new Reads.Summaries(scope, some(view));
            case 3 -> new Reads.States(some(view));
            case 4 -> new Reads.Counts(scope);
            case 5 -> new Reads.ByKey(dice.of(Names.OWNERS), dice.of(Names.KEYS));
            case 6 -> new Reads.Children(scope, Drawn.task(dice, view));
            case 7 -> new Reads.Chain(scope, child(view), 1 + dice.below(4), dice.hits(50));
            case 8 -> new Reads.Batch(scope, Drawn.batch(dice, view));
            case 9 -> new Reads.Summary(scope, Drawn.batch(dice, view));
            case 10 -> new Pages.Feed(scope, 1 + dice.below(4), from(view));
            case 11, 12 -> new Pages.Tasks(scope, filter(view), from(view));
            case 13 -> new Operating.Queue(Duration.ofSeconds(dice.of(1, 10, 3600)));
            case 14 -> new Operating.Runners();
            default -> new Reads.Asks(dice.of(Reads.About.values()));
        };
    }

    /** Mostly one that was made from another. */
    private GenerationId child(View view) {
        var children = view.rows(row -> row.placement().parent() != null);
        return children.isEmpty() || dice.hits(20)
                ? Drawn.task(dice, view)
                : dice.of(children).id();
    }

    private List<GenerationId> some(View view) {
        var ids = new ArrayList<GenerationId>();
        for (int i = dice.below(6); i >= 0; i--) {
            ids.add(Drawn.task(dice, view));
        }
        return ids;
    }

    private Pages.@Nullable From from(View view) {
        var rows = view.rows();
        if (rows.isEmpty() || dice.hits(60)) {
            return null;
        }
        var row = dice.of(rows);
        return new Pages.From(since(view, row), dice.hits(80) ? row.id() : dice.of(Names.TASKS));
    }

    private Pages.Filter filter(View view) {
        var rows = view.rows();
        return new Pages.Filter(
                states(),
                dice.hits(15) ? Drawn.batch(dice, view) : null,
                dice.hits(15) ? Drawn.task(dice, view) : null,
                dice.hits(15) ? dice.of(GenerationKind.values()) : null,
                dice.hits(15) ? dice.of(Names.LABELS) : null,
                rows.isEmpty() || dice.hits(85) ? null : since(view, dice.of(rows)),
                rows.isEmpty() || dice.hits(85)
                        ? null
                        : since(view, dice.of(rows)).plusMillis(dice.below(2)),
                1 + dice.below(5));
    }

    private Set<TaskState> states() {
        var states = EnumSet.noneOf(TaskState.class);
        while (dice.hits(30)) {
            states.add(dice.of(TaskState.values()));
        }
        return states;
    }

    private static Duration since(View view, TaskRow row) {
        return view.sinceStart(row.times().createdAt());
    }
}
