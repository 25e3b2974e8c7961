package dev.reprise.engine;

import dev.reprise.store.RunnerSession;
import dev.reprise.store.TaskStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store, and its sessions, whose operations throw when they are told to. */
final class FaultyStore {

    private final Map<String, Throwable> faults = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> thrown = new ConcurrentHashMap<>();
    private final TaskStore store;

    FaultyStore(TaskStore behind) {
        store = proxy(TaskStore.class, behind);
    }

    TaskStore store() {
        return store;
    }

    /** Has an operation throw from now on. */
    void breakDown(String operation, Throwable fault) {
        faults.put(operation, fault);
    }

    void mend() {
        faults.clear();
    }

    /** How often an operation has thrown. */
    int thrown(String operation) {
        var count = thrown.get(operation);
        return count == null ? 0 : count.get();
    }

    private <T> T proxy(Class<T> type, T behind) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> invoke(behind, method, arguments)));
    }

    private Object invoke(Object behind, Method method, Object[] arguments) throws Throwable {
        var fault = faults.get(method.getName());
        if (fault != null) {
            thrown.computeIfAbsent(method.getName(), name -> new AtomicInteger())
                    .incrementAndGet();
            throw fault;
        }
        try {
            var answer = method.invoke(behind, arguments);
            return answer instanceof RunnerSession session ? proxy(RunnerSession.class, session) : answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
