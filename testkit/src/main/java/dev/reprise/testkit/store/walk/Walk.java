package dev.reprise.testkit.store.walk;

import dev.reprise.testkit.store.StoreUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs programs on two fresh stores at once, and stops where they part. */
final class Walk {

    private final Supplier<? extends StoreUnderTest> reference;
    private final Supplier<? extends StoreUnderTest> subject;
    private final SpiCalls calls;

    /** @param calls takes down what is called */
    Walk(Supplier<? extends StoreUnderTest> reference, Supplier<? extends StoreUnderTest> subject, SpiCalls calls) {
        this.reference = reference;
        this.subject = subject;
        this.calls = calls;
    }

    /** Where a program's operations come from. */
    interface Source {

        /**
         * The next operation, or null when there is none.
         *
         * @param view what can be seen after the one before
         */
        @Nullable
        Operation next(View view);
    }

    /**
     * What became of a program.
     *
     * @param done its operations up to the difference
     * @param difference what was different, or null
     * @param offers which optional faces both stores offer
     */
    record Result(List<Operation> done, @Nullable String difference, Offers offers) {}

    /** @param sparing whether to look at the store once, at the end, and not after each step */
    Result run(Source source, boolean sparing) {
        var notes = new Notes();
        try (var one = new Side(reference.get(), new SpiCalls(), notes);
                var other = new Side(subject.get(), calls, notes)) {
            return run(source, sparing, one, other, notes);
        }
    }

    private static Result run(Source source, boolean sparing, Side one, Side other, Notes notes) {
        var offers = start(one, other);
        var comparison = new Comparison(one, other);
        var done = new ArrayList<Operation>();
        var seen = Look.at(one);
        String difference = comparison.difference("at first", seen, Look.at(other));
        while (difference == null) {
            var operation = source.next(new View(one, seen));
            if (operation == null) {
                return new Result(done, comparison.difference("then", seen, Look.at(other)), offers);
            }
            done.add(operation);
            var expected = answer(operation, one);
            difference = expected instanceof Thrown thrown && !thrown.foreseen()
                    ? "the reference throws " + thrown
                    : comparison.difference("answer", expected, answer(operation, other));
            if (difference == null) {
                seen = Look.at(one);
                notes.see(seen.rows());
                difference = sparing ? null : comparison.difference("then", seen, Look.at(other));
            }
        }
        return new Result(done, difference, offers);
    }

    private static Offers start(Side one, Side other) {
        var latest = one.store().now().isAfter(other.store().now())
                ? one.store().now()
                : other.store().now();
        var offers = Offers.of(one).and(Offers.of(other));
        for (var side : List.of(one, other)) {
            side.startAt(latest);
            side.offer(offers);
        }
        return offers;
    }

    private static Object answer(Operation operation, Side side) {
        try {
            return operation.on(side);
        } catch (RuntimeException e) {
            return Thrown.of(e);
        }
    }
}
