package dev.reprise.provider.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a key must not go without encryption. */
class PublicHostsTest {

    @ParameterizedTest
    @ValueSource(strings = {"api.example.com", "8.8.8.8", "172.32.0.1", "2606:4700::1111", "llm.example.org"})
    void hostOfTheOpenInternetIsPublic(String host) {
        assertThat(PublicHosts.contains(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "vllm",
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.9",
                "192.168.1.4",
                "169.254.1.1",
                "::1",
                "fd00::1",
                "fe80::1",
                "model.local",
                "llm.svc.cluster.local",
                "gateway.internal",
                "nas.LAN"
            })
    void hostOfAMachineOrANetworkOfOnesOwnIsNot(String host) {
        assertThat(PublicHosts.contains(host)).isFalse();
    }
}
