package dev.reprise.provider.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which hosts lie on the open internet, by their names alone: nothing is looked up. */
final class PublicHosts {

    /** Names that the open internet does not resolve (RFC 6761, RFC 6762, RFC 8375, and what clusters and offices use). */
    private static final List<String> PRIVATE =
            List.of("localhost", "local", "internal", "lan", "home.arpa", "test", "invalid", "svc", "corp", "intranet");

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private PublicHosts() {}

    static boolean contains(String host) {
        if (IPV4.matcher(host).matches() || host.contains(":")) {
            return isPublicAddress(host);
        }
        var name = host.toLowerCase(Locale.ROOT);
        return name.contains(".") && PRIVATE.stream().noneMatch(suffix -> name.endsWith("." + suffix));
    }

    private static boolean isPublicAddress(String address) {
        try {
            var parsed = InetAddress.getByName(address); // an address, which is not looked up
            boolean unique = parsed.getAddress().length == 16 && (parsed.getAddress()[0] & 0xfe) == 0xfc;
            return !(unique
                    || parsed.isLoopbackAddress()
                    || parsed.isSiteLocalAddress()
                    || parsed.isLinkLocalAddress()
                    || parsed.isAnyLocalAddress());
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
