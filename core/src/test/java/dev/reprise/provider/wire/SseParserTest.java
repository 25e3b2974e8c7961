package dev.reprise.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Server-sent events in every shape the standard allows. */
class SseParserTest {

    private static final String STREAM = "event: a\ndata: one\n\n: comment\ndata: grün 🚀\ndata:  two\ndata\nid: 7\n\n"
            + "event: empty\n\nretry: 10\nunknown: x\ndata:{}\n\ndata: cut";

    private static final List<String> EVENTS = List.of("a|one", "null|grün 🚀\n two\n", "null|{}", "rest null|cut");

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void lineEndsOfAllKinds(String end) throws IOException {
        assertThat(read(STREAM.replace("\n", end), Integer.MAX_VALUE)).isEqualTo(EVENTS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void bytesSplitAnywhere(int chunk) throws IOException {
        assertThat(read(STREAM, chunk)).isEqualTo(EVENTS);
        assertThat(read(STREAM.replace("\n", "\r\n"), chunk)).isEqualTo(EVENTS);
    }

    @Test
    void byteOrderMarkIsNotPartOfTheFirstField() throws IOException {
        assertThat(read("\uFEFFdata: x\n\n", 1)).containsExactly("null|x");
        assertThat(read("data: x\n\n\uFEFFdata: y\n\n", 1)).containsExactly("null|x");
    }

    @Test
    void eventIsHandedOnBeforeTheLineFeedAfterItsEnd() throws IOException {
        var reader = new Recorder();
        reader.enough = true;
        var source = Okio.buffer(chunks("data: x\r\n\r", 100, new AssertionError("waits for more")));

        new SseParser(source, reader, new AnswerMemory(1 << 20)).read();

        assertThat(reader.seen).containsExactly("null|x");
    }

    @Test
    void readingStopsWhenTheReaderHasEnough() throws IOException {
        var reader = new Recorder();
        reader.enough = true;

        new SseParser(new Buffer().writeUtf8("data: x\n\ndata: y\n\ndata: z"), reader, new AnswerMemory(1 << 20))
                .read();

        assertThat(reader.seen).containsExactly("null|x");
    }

    @Test
    void whatABrokenStreamEndedWithIsShown() {
        var reader = new Recorder();
        var source = Okio.buffer(chunks("data: x\n\ndata: [DO", 3, new EOFException("cut")));

        assertThatThrownBy(() -> new SseParser(source, reader, new AnswerMemory(1 << 20)).read())
                .isInstanceOf(EOFException.class);

        assertThat(reader.seen).containsExactly("null|x", "rest null|[DO");
    }

    private static List<String> read(String text, int chunk) throws IOException {
        var reader = new Recorder();
        new SseParser(Okio.buffer(chunks(text, chunk, null)), reader, new AnswerMemory(1 << 20)).read();
        return reader.seen;
    }

    /** A source that gives so many bytes at a time, and then ends or throws. */
    private static Source chunks(String text, int chunk, @Nullable Throwable end) {
        var bytes = new Buffer().write(text.getBytes(StandardCharsets.UTF_8));
        return new Source() {
            @Override
            public long read(Buffer sink, long count) throws IOException {
                if (bytes.exhausted() && end instanceof IOException failure) {
                    throw failure;
                }
                if (bytes.exhausted() && end instanceof Error failure) {
                    throw failure;
                }
                return bytes.read(sink, Math.min(count, chunk));
            }

            @Override
            public Timeout timeout() {
                return Timeout.NONE;
            }

            @Override
            public void close() {}
        };
    }

    private static final class Recorder implements EventReader {
        private final List<String> seen = new ArrayList<>();
        private boolean enough;

        @Override
        public boolean event(SseEvent event) {
            seen.add(event.name() + "|" + event.data());
            return !enough;
        }

        @Override
        public void remainder(SseEvent event) {
            seen.add("rest " + event.name() + "|" + event.data());
        }
    }
}
