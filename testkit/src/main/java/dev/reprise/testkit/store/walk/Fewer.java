package dev.reprise.testkit.store.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is left of a list when one of it goes. */
final class Fewer {

    private Fewer() {}

    /** All lists that lack one element, made into operations; none when there is but one. */
    static <T> List<Operation> of(List<T> all, Function<List<T>, Operation> made) {
        var fewer = new ArrayList<Operation>();
        for (int i = 0; all.size() > 1 && i < all.size(); i++) {
            var some = new ArrayList<>(all);
            some.remove(i);
            fewer.add(made.apply(List.copyOf(some)));
        }
        return fewer;
    }
}
