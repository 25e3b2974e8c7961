package dev.reprise.storage.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A source whose connections break when a test says so, and which counts those that are open. */
public final class FaultySource implements DataSource {

    /** Methods that talk to the server. */
    private static final Set<String> TALKS = Set.of("execute", "executeBatch", "executeUpdate", "commit");

    private final DataSource real;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicReference<String> lost = new AtomicReference<>("");
    private volatile boolean down;
    private volatile Random random;

    public FaultySource(DataSource real) {
        this.real = real;
    }

    /** The next call of a method with this name does its work, and its answer is lost. */
    public void loseAnswerOf(String method) {
        lost.set(method);
    }

    /** Whether the answer has been lost. */
    public boolean hasLost() {
        return lost.get().isEmpty();
    }

    /** Nothing can be reached while this is so. */
    public void down(boolean value) {
        down = value;
    }

    /** One talk with the server in fifteen breaks, before or after its work. */
    public void unreliable(Random source) {
        random = source;
    }

    public int open() {
        return open.get();
    }

    private static SQLException broken() {
        return new SQLException("the connection broke", "08006");
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (down) {
            throw broken();
        }
        Connection connection = real.getConnection();
        open.incrementAndGet();
        return wrap(Connection.class, connection);
    }

    private <T> T wrap(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                FaultySource.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    return call(target, method, arguments);
                }));
    }

    private Object call(Object target, Method method, Object[] arguments) throws Throwable {
        boolean closes = method.getName().equals("close");
        if (closes && target instanceof Connection) {
            open.decrementAndGet();
        }
        String name = arguments != null && "COMMIT".equals(arguments[0]) ? "commit" : method.getName();
        Random faults = TALKS.contains(name) ? random : null;
        if (!closes && (down || (faults != null && faults.nextInt(30) == 0))) {
            throw broken();
        }
        Object answer;
        try {
            answer = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (lost.compareAndSet(name, "") || (faults != null && faults.nextInt(30) == 0)) {
            throw broken();
        }
        if (answer instanceof PreparedStatement statement) {
            return wrap(PreparedStatement.class, statement);
        }
        return answer instanceof Statement statement ? wrap(Statement.class, statement) : answer;
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
