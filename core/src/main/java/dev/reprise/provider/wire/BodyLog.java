package dev.reprise.provider.wire;

import dev.reprise.display.CleanText;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what goes over the wire, for an app that asks for it: prompts and answers, without secrets, with encoded bytes
 * replaced by their number. Off, it does nothing.
 */
public final class BodyLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.reprise.provider.bodies");
    /** Looked for where a run begins only, or a run that is a little too short would be read again from each character. */
    private static final Pattern ENCODED = Pattern.compile("(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{256,}+={0,2}");

    private final String provider;
    private final Redactor redactor;
    private final boolean on;

    /** A log for one provider. */
    public BodyLog(String provider, Redactor redactor, boolean on) {
        this.provider = provider;
        this.redactor = redactor;
        this.on = on;
    }

    void request(byte[] body) {
        if (on) {
            LOG.info("{} request: {}", provider, shown(new String(body, StandardCharsets.UTF_8)));
        }
    }

    void answer(Answer answer) {
        if (!on) {
            return;
        }
        if (answer instanceof Answer.Whole whole) {
            LOG.info(
                    "{} answer {}: {}",
                    provider,
                    whole.status(),
                    shown(new String(whole.body(), StandardCharsets.UTF_8)));
        } else if (answer instanceof Answer.Streamed streamed) {
            LOG.info("{} answer {}: end of the stream{}", provider, streamed.status(), cause(streamed.interruption()));
        } else {
            LOG.info("{} no answer{}", provider, cause(((Answer.None) answer).interruption()));
        }
    }

    private static String cause(@Nullable Interruption interruption) {
        return interruption == null ? "" : ": " + interruption.message();
    }

    /** The same reader, with each event logged before it is read. */
    EventReader events(EventReader reader) {
        if (!on) {
            return reader;
        }
        return new EventReader() {
            @Override
            public boolean event(SseEvent event) {
                LOG.info("{} event {}: {}", provider, redactor.word(event.name()), shown(event.data()));
                return reader.event(event);
            }

            @Override
            public void remainder(SseEvent event) {
                LOG.info("{} event cut off {}: {}", provider, redactor.word(event.name()), shown(event.data()));
                reader.remainder(event);
            }
        };
    }

    String shown(String text) {
        var hidden = ENCODED.matcher(redactor.hide(text))
                .replaceAll(found -> "<" + found.group().length() + " characters of encoded bytes>");
        return redactor.hide(CleanText.line(hidden));
    }
}
