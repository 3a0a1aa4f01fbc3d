package org.expmaster.webhook.egress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.expmaster.webhook.testing.ScriptedNames;
import org.expmaster.webhook.testing.TestDestinations;
import org.expmaster.webhook.testing.TurnableClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verdict on every notation of a host: public, private and disguised addresses, and names. */
final class HostVerdictTest {
  /**
   * A host, the expected verdict, and what the host is. Malformed: not accepted as a host, since
   * programs disagree about its meaning. Unknown: a name without an address.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # IPv4, in full
          127.0.0.1                                 | refused   | loopback
          127.0.0.0                                 | refused   | loopback
          127.255.255.254                           | refused   | loopback
          0.0.0.0                                   | refused   | unspecified, which connects to loopback
          0.1.2.3                                   | refused   | this network
          10.0.0.1                                  | refused   | private
          172.16.0.1                                | refused   | private
          172.31.255.255                            | refused   | private
          192.168.1.1                               | refused   | private
          100.64.0.1                                | refused   | carrier-grade NAT
          100.100.100.200                           | refused   | carrier-grade NAT, metadata of a cloud
          169.254.169.254                           | refused   | link-local, metadata of most clouds
          168.63.129.16                             | refused   | host agent of a cloud
          192.0.0.192                               | refused   | protocol assignments, metadata of a cloud
          192.0.2.1                                 | refused   | documentation
          198.51.100.1                              | refused   | documentation
          203.0.113.1                               | refused   | documentation
          192.88.99.1                               | refused   | 6to4 relay
          198.18.0.1                                | refused   | benchmarks
          198.19.255.255                            | refused   | benchmarks
          224.0.0.1                                 | refused   | multicast
          239.255.255.250                           | refused   | multicast
          240.0.0.1                                 | refused   | reserved
          255.255.255.255                           | refused   | broadcast
          # IPv4 in other clothes
          2130706433                                | malformed | loopback, decimal
          0                                         | malformed | unspecified, decimal
          017700000001                              | malformed | loopback, octal
          0x7f000001                                | malformed | loopback, hexadecimal
          0X7F000001                                | malformed | loopback, hexadecimal in upper case
          0177.0.0.1                                | malformed | loopback, octal; to some 177.0.0.1
          0x7f.0.0.1                                | malformed | loopback, hexadecimal
          0x7f.1                                    | malformed | loopback, hexadecimal and short
          127.0.0.0x1                               | malformed | loopback, hexadecimal at the end
          127.1                                     | malformed | loopback, short
          127.0.1                                   | malformed | loopback, short
          127.0.0.1.                                | malformed | loopback with a dot
          127.0.0.01                                | malformed | loopback, perhaps octal
          00000127.0.0.1                            | malformed | loopback, perhaps octal
          256.0.0.1                                 | malformed | no address, though some wrap it round
          1.2.3.4.5                                 | malformed | no address
          0x                                        | malformed | zero, to some
          hooks.0x7f                                | malformed | a number at the end
          １２７.0.0.1                              | malformed | loopback in fullwidth digits
          １２７。０。０。１                        | malformed | loopback in fullwidth digits and dots
          127。0。0。1                              | malformed | loopback with ideographic dots
          ①②⑦.0.0.1                              | malformed | loopback in circled digits
          %31%32%37.0.0.1                           | malformed | loopback, percent-encoded
          127.0.0.1%00                              | malformed | loopback with a percent-encoded NUL
          127.0.0.1%2f.good.example                 | malformed | a percent-encoded slash
          good.example\\@127.0.0.1                  | malformed | a backslash
          good@127.0.0.1                            | malformed | a user
          # IPv6
          [::1]                                     | refused   | loopback
          [0:0:0:0:0:0:0:1]                         | refused   | loopback in full
          [0000:0000:0000:0000:0000:0000:0000:0001] | refused   | loopback with all its zeros
          [::]                                      | refused   | unspecified
          [fe80::1]                                 | refused   | link-local
          [febf:ffff::1]                            | refused   | link-local
          [fec0::1]                                 | refused   | site-local
          [fc00::1]                                 | refused   | unique local
          [fd00:ec2::254]                           | refused   | unique local, metadata of a cloud
          [FD00:EC2::254]                           | refused   | the same in upper case
          [ff02::1]                                 | refused   | multicast
          [ff0e::1]                                 | refused   | multicast
          [100::1]                                  | refused   | discard-only
          [2001:db8::1]                             | refused   | documentation
          [3fff::1]                                 | refused   | documentation
          [2001:2::1]                               | refused   | benchmarks
          [2001:10::1]                              | refused   | ORCHID
          [2001:20::1]                              | refused   | ORCHID
          [5f00::1]                                 | refused   | segment routing
          [4000::1]                                 | refused   | not given out
          # IPv4 in IPv6
          [::ffff:127.0.0.1]                        | refused   | mapped loopback
          [::ffff:7f00:1]                           | refused   | mapped loopback, hexadecimal
          [0:0:0:0:0:ffff:7f00:0001]                | refused   | mapped loopback in full
          [::FFFF:169.254.169.254]                  | refused   | mapped metadata in upper case
          [::ffff:a00:1]                            | refused   | mapped private
          [::ffff:0177.0.0.1]                       | malformed | mapped loopback, octal
          [::ffff:127.1]                            | malformed | mapped loopback, short
          [::127.0.0.1]                             | refused   | IPv4-compatible loopback
          [::7f00:1]                                | refused   | IPv4-compatible loopback, hexadecimal
          [::8.8.8.8]                               | refused   | IPv4-compatible, though public
          [::ffff:0:127.0.0.1]                      | refused   | IPv4-translated loopback
          [64:ff9b::127.0.0.1]                      | refused   | loopback through NAT64
          [64:ff9b::a9fe:a9fe]                      | refused   | metadata through NAT64, hexadecimal
          [64:ff9b::10.0.0.1]                       | refused   | private through NAT64
          [64:ff9b:1::8.8.8.8]                      | refused   | local NAT64, though public
          [2002:7f00:1::]                           | refused   | loopback by 6to4
          [2002:a00:1::1]                           | refused   | private by 6to4
          [2001:0:7f00:1::]                         | refused   | Teredo server on loopback
          [2001:0:808:808:0:0:80ff:fffe]            | refused   | Teredo client on loopback
          # not quite IPv6
          [fe80::1%eth0]                            | malformed | a zone
          [fe80::1%25lo]                            | malformed | a zone, percent-encoded
          [::1%25]                                  | malformed | an empty zone
          ::1                                       | malformed | no brackets
          [127.0.0.1]                               | malformed | IPv4 in brackets
          [localhost]                               | malformed | a name in brackets
          [::1                                      | malformed | half a bracket
          [::1]]                                    | malformed | a bracket too many
          [[::1]]                                   | malformed | brackets in brackets
          [:::1]                                    | malformed | a colon too many
          [1::2::3]                                 | malformed | two gaps
          [::10000]                                 | malformed | too long a group
          # names, which the resolver of this test knows
          localhost                                 | refused   | loopback by name
          LOCALHOST                                 | refused   | in upper case
          LocalHost.                                | refused   | with a dot
          metadata.google.internal                  | refused   | metadata by name
          127.0.0.1.nip.example                     | refused   | a public name for loopback
          mapped.example                            | refused   | a name with a mapped address
          nat64.example                             | refused   | a name with a NAT64 address
          good-then-bad.example                     | refused   | one good address, one bad
          bad-then-good.example                     | refused   | one bad address, one good
          v4-good-v6-bad.example                    | refused   | good over IPv4, bad over IPv6
          nowhere.example                           | unknown   | a name without an address
          # and what is fine
          8.8.8.8                                   | allowed   | public
          1.1.1.1                                   | allowed   | public
          [2606:4700:4700::1111]                    | allowed   | public
          [2001:4860:4860::8888]                    | allowed   | public
          [64:ff9b::8.8.8.8]                        | allowed   | public through NAT64
          [::ffff:8.8.8.8]                          | allowed   | public, mapped
          hooks.example                             | allowed   | a name with public addresses
          xn--bcher-kva.example                     | allowed   | an international name, as URLs have it
          7-eleven.example                          | allowed   | a digit at the start
          1.2.3.4.example                           | allowed   | digits, but a name at the end
          """)
  void withNothingAllowedOnlyPublicAddressesPass(String host, String verdict, String what) {
    ScriptedNames names =
        new ScriptedNames()
            .answer("localhost", "127.0.0.1", "::1")
            .answer("localhost.", "127.0.0.1", "::1")
            .answer("metadata.google.internal", "169.254.169.254")
            .answer("127.0.0.1.nip.example", "127.0.0.1")
            .answer("mapped.example", "::ffff:10.0.0.1")
            .answer("nat64.example", "64:ff9b::10.0.0.1")
            .answer("good-then-bad.example", "8.8.8.8", "10.0.0.1")
            .answer("bad-then-good.example", "10.0.0.1", "8.8.8.8")
            .answer("v4-good-v6-bad.example", "8.8.8.8", "fd00::1")
            .answer("hooks.example", "8.8.8.8", "2606:4700:4700::1111")
            .answer("xn--bcher-kva.example", "8.8.8.8")
            .answer("7-eleven.example", "8.8.8.8")
            .answer("1.2.3.4.example", "8.8.8.8");
    try (Destinations destinations = TestDestinations.direct(names, new TurnableClock())) {
      assertEquals(verdict, verdict(destinations, host), what);
    }
  }

  private static String verdict(Destinations destinations, String text) {
    Optional<Host> host = Host.parse(text);
    if (host.isEmpty()) {
      return "malformed";
    }
    Destination destination = destinations.find(host.get()).join();
    return destination instanceof Destination.Allowed
        ? "allowed"
        : destination instanceof Destination.Refused ? "refused" : "unknown";
  }
}
