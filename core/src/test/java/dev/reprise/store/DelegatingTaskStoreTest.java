package dev.reprise.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationQuery;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.Owner;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A store that wraps another passes on whatever the SPI has, also what a store need not offer. */
class DelegatingTaskStoreTest {

    /** Something to pass for each type of a parameter; nothing for a submission. */
    private static final Map<Class<?>, Object> ARGUMENTS = Map.ofEntries(
            Map.entry(RunnerSpec.class, new RunnerSpec("runner", Duration.ofSeconds(30), 1)),
            Map.entry(Runnable.class, (Runnable) () -> {}),
            Map.entry(Scope.class, Scope.of(Owner.of("owner"))),
            Map.entry(Owner.class, Owner.of("owner")),
            Map.entry(GenerationId.class, new GenerationId("task")),
            Map.entry(BatchId.class, new BatchId("batch")),
            Map.entry(Collection.class, List.of(new GenerationId("task"))),
            Map.entry(String.class, "key"),
            Map.entry(int.class, 7),
            Map.entry(boolean.class, true),
            Map.entry(PagePoint.class, new PagePoint(Instant.EPOCH, new GenerationId("task"))),
            Map.entry(TaskQuery.class, new TaskQuery(Scope.ALL, GenerationQuery.all(), null)));

    /** What is answered for each type of a result. */
    private static final Map<Class<?>, Object> ANSWERS = Map.of(
            Optional.class,
            Optional.of("found"),
            List.class,
            List.of("found"),
            Map.class,
            Map.of("found", 1),
            Slice.class,
            new Slice<>(List.of("found"), null),
            Instant.class,
            Instant.EPOCH,
            Submitted.class,
            new Submitted.ParentGone(new GenerationId("parent")));

    private final List<List<Object>> calls = new ArrayList<>();
    private final TaskStore below = (TaskStore)
            Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {TaskStore.class}, this::record);
    private final TaskStore above = new DelegatingTaskStore(below) {};

    private @Nullable Object record(Object proxy, Method method, Object @Nullable [] arguments) {
        if (method.getName().equals("undecorated")) {
            return proxy;
        }
        calls.add(List.of(method, arguments == null ? List.of() : Arrays.asList(arguments)));
        return ANSWERS.get(method.getReturnType());
    }

    static Stream<Method> methods() {
        return Arrays.stream(TaskStore.class.getMethods())
                .filter(method -> !method.getName().equals("undecorated"));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodIsPassedOnWithItsArgumentsAndItsAnswer(Method method) throws ReflectiveOperationException {
        var arguments =
                Arrays.stream(method.getParameterTypes()).map(ARGUMENTS::get).toArray();

        var answer = method.invoke(above, arguments);

        assertThat(calls).containsExactly(List.of(method, Arrays.asList(arguments)));
        assertThat(answer).isSameAs(ANSWERS.get(method.getReturnType()));
    }

    @Test
    void whatIsBelowAllIsTheStoreThatWrapsNone() {
        assertThat(new DelegatingTaskStore(above) {}.undecorated()).isSameAs(below);
        assertThat(above.undecorated()).isSameAs(below);
    }
}
