package dev.reprise.testkit.store.walk;

import dev.reprise.store.Purging;
import dev.reprise.store.QueueReads;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.TaskStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which methods of the SPI have been called. */
final class SpiCalls {

    private final Set<Method> called = new HashSet<>();

    /** An object that passes everything on, and whose calls are taken down. */
    <T> T recorded(Class<T> face, T target) {
        var proxy = Proxy.newProxyInstance(face.getClassLoader(), new Class<?>[] {face}, (self, method, arguments) -> {
            called.add(method);
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        return face.cast(proxy);
    }

    /** Adds what others have taken down. */
    void addAll(SpiCalls others) {
        called.addAll(others.called);
    }

    /** The methods that have not been called, as a reader of the SPI knows them. */
    Set<String> missing(Offers offers) {
        var faces = new LinkedHashSet<Class<?>>(Set.of(TaskStore.class, RunnerSession.class));
        if (offers.purging()) {
            faces.add(Purging.class);
        }
        if (offers.queueReads()) {
            faces.add(QueueReads.class);
        }
        var names = new TreeSet<String>();
        faces.forEach(face -> methods(face).map(SpiCalls::text).forEach(names::add));
        called.forEach(method -> names.remove(text(method)));
        return names;
    }

    private static Stream<Method> methods(Class<?> face) {
        return Arrays.stream(face.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()));
    }

    private static String text(Method method) {
        var parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .toList();
        return method.getDeclaringClass().getSimpleName() + "." + method.getName()
                + parameters.toString().replace('[', '(').replace(']', ')');
    }
}
