package dev.reprise.storage.memory;

import dev.reprise.store.RunnerSession;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store that shows its tasks otherwise than they are, wherever it shows them. */
final class ShownRows {

    private final UnaryOperator<TaskRow> show;

    private ShownRows(UnaryOperator<TaskRow> show) {
        this.show = show;
    }

    static TaskStore of(TaskStore store, UnaryOperator<TaskRow> show) {
        return new ShownRows(show).face(TaskStore.class, store);
    }

    private <T> T face(Class<T> face, T target) {
        return face.cast(Proxy.newProxyInstance(
                face.getClassLoader(), new Class<?>[] {face}, (proxy, method, arguments) -> {
                    try {
                        var answer = method.invoke(target, arguments);
                        return answer instanceof RunnerSession session
                                ? face(RunnerSession.class, session)
                                : shown(answer);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private @Nullable Object shown(@Nullable Object value) throws ReflectiveOperationException {
        if (value instanceof TaskRow row) {
            return show.apply(row);
        }
        if (value instanceof Optional<?> optional) {
            return Optional.ofNullable(shown(optional.orElse(null)));
        }
        if (value instanceof List<?> list) {
            var shown = list.toArray();
            for (int i = 0; i < shown.length; i++) {
                shown[i] = shown(shown[i]);
            }
            return List.of(shown);
        }
        return value instanceof Record record && record.getClass().getPackage().equals(TaskRow.class.getPackage())
                ? shown(record)
                : value;
    }

    private Object shown(Record record) throws ReflectiveOperationException {
        RecordComponent[] components = record.getClass().getRecordComponents();
        var values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = shown(components[i].getAccessor().invoke(record));
        }
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return record.getClass().getDeclaredConstructor(types).newInstance(values);
    }
}
