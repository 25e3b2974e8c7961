package dev.reprise.testkit.store.walk;

import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.PagePoint;
import dev.reprise.store.Scope;
import dev.reprise.store.Slice;
import dev.reprise.store.TaskQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads page by page. */
interface Pages extends Operation {

    /** More pages than there can be. */
    int MOST = 500;

    /**
     * Where a page begins, as a program has it.
     *
     * @param at the creation time of the row before, counted from the walk's start
     * @param id its id
     */
    record From(Duration at, GenerationId id) {
        @Nullable
        static PagePoint point(Side side, @Nullable From from) {
            return from == null ? null : new PagePoint(side.at(from.at), from.id);
        }
    }

    /** Reads pages from one on, until there are no more. */
    static <T> List<Slice<T>> all(@Nullable PagePoint from, Function<@Nullable PagePoint, Slice<T>> read) {
        var pages = new ArrayList<Slice<T>>();
        @Nullable PagePoint after = from;
        do {
            var page = read.apply(after);
            pages.add(page);
            after = page.next();
        } while (after != null && pages.size() < MOST);
        return pages;
    }

    /** Pages of a feed. */
    record Feed(Scope scope, int limit, @Nullable From from) implements Pages {
        @Override
        public Object on(Side side) {
            return all(From.point(side, from), after -> side.store().feed(scope, limit, after));
        }
    }

    /** Pages of a list. */
    record Tasks(Scope scope, Filter filter, @Nullable From from) implements Pages {
        @Override
        public Object on(Side side) {
            var query = filter.on(side);
            return all(From.point(side, from), after -> side.store().list(new TaskQuery(scope, query, after)));
        }
    }

    /** Which tasks to list, with times counted from the walk's start. */
    record Filter(
            Set<TaskState> states,
            @Nullable BatchId batch,
            @Nullable GenerationId parent,
            @Nullable GenerationKind kind,
            @Nullable String label,
            @Nullable Duration createdFrom,
            @Nullable Duration createdBefore,
            int limit) {

        private GenerationQuery on(Side side) {
            return GenerationQuery.builder()
                    .states(states.toArray(TaskState[]::new))
                    .batch(batch)
                    .parent(parent)
                    .kind(kind)
                    .label(label)
                    .createdFrom(createdFrom == null ? null : side.at(createdFrom))
                    .createdBefore(createdBefore == null ? null : side.at(createdBefore))
                    .limit(limit)
                    .build();
        }
    }
}
