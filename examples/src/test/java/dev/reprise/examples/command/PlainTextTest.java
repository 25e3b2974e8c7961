package dev.reprise.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Text of a model on a terminal. */
class PlainTextTest {

    @Test
    void whatActsOnATerminalIsNotShown() {
        assertThat(PlainText.shown("a\u001b[2Jb\n\tc\r\u0007\u009b\u202ed\udb40\udc41 \ud83d\ude00"))
                .isEqualTo("a[2Jb\n\tcd \ud83d\ude00");
    }

    @Test
    void whatActsOnATerminalIsEscapedInJson() {
        assertThat(PlainText.escaped("{\"a\":\"\u007f\u009b\u202e\udb40\udc41 \ud83d\ude00\"}"))
                .isEqualTo("{\"a\":\"\\u007f\\u009b\\u202e\\udb40\\udc41 \ud83d\ude00\"}");
    }
}
