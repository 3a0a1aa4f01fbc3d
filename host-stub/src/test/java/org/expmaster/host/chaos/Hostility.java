package org.expmaster.host.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.expmaster.host.chaos.HostileReceiver.Visit;

/** What a receiver may do to the sender of a delivery. */
enum Hostility {
  RESETS(false) {
    @Override
    void answer(Visit visit) throws IOException {
      visit.reset();
    }
  },
  SAYS_NOTHING(false) {
    @Override
    void answer(Visit visit) throws IOException {
      visit.waitForEnd();
    }
  },
  STALLS_IN_THE_HEAD(false) {
    @Override
    void answer(Visit visit) throws IOException {
      visit.write("HTTP/1.1 200 OK\r\nX-Slow: ");
      visit.waitForEnd();
    }
  },
  STALLS_IN_THE_BODY(true) {
    @Override
    void answer(Visit visit) throws IOException {
      visit.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
      visit.waitForEnd();
    }
  },
  TRICKLES_A_BYTE_A_SECOND(true) {
    @Override
    void answer(Visit visit) throws IOException, InterruptedException {
      visit.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
      while (true) {
        visit.write("x");
        TimeUnit.SECONDS.sleep(1);
      }
    }
  },
  SENDS_TEN_MEGABYTES(true) {
    @Override
    void answer(Visit visit) throws IOException {
      visit.write("HTTP/1.1 200 OK\r\nContent-Length: " + TEN_MEGABYTES + "\r\n\r\n");
      for (int sent = 0; sent < TEN_MEGABYTES; sent += MEGABYTE.length) {
        visit.write(MEGABYTE);
      }
    }
  },
  SENDS_A_GZIP_BOMB(true) {
    @Override
    void answer(Visit visit) throws IOException {
      visit.write(
          "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\nContent-Length: "
              + BOMB.length
              + "\r\n\r\n");
      visit.write(BOMB);
    }
  },
  SENDS_BAD_CHUNKS(true) {
    @Override
    void answer(Visit visit) throws IOException {
      visit.write(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx\r\n");
      visit.waitForEnd();
    }
  },
  STORMS_WITH_1XX(false) {
    @Override
    void answer(Visit visit) throws IOException, InterruptedException {
      while (true) {
        visit.write("HTTP/1.1 103 Early Hints\r\n\r\n");
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  },
  FLOODS_WITH_1XX(false) {
    @Override
    void answer(Visit visit) throws IOException {
      flood(visit, "", "HTTP/1.1 103 Early\r\nA: b\r\n\r\n");
    }
  },
  FLOODS_WITH_EMPTY_LINES(false) {
    @Override
    void answer(Visit visit) throws IOException {
      flood(visit, "", "\r\n");
    }
  },
  FLOODS_WITH_HEADERS(false) {
    @Override
    void answer(Visit visit) throws IOException {
      flood(visit, "HTTP/1.1 200 OK\r\n", "A: b\r\n");
    }
  },
  FLOODS_WITH_CHUNK_EXTENSIONS(true) {
    @Override
    void answer(Visit visit) throws IOException {
      flood(
          visit,
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
          "1;" + "e".repeat(3_900) + "\r\nx\r\n");
    }
  },
  FLOODS_WITH_TRAILERS(true) {
    @Override
    void answer(Visit visit) throws IOException {
      flood(visit, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "A: b\r\n");
    }
  },
  SPEAKS_HTTP_1_0(true) {
    @Override
    void answer(Visit visit) throws IOException {
      visit.write("HTTP/1.0 200 OK\r\n\r\nthanks");
    }
  },
  HALF_CLOSES(true) {
    @Override
    void answer(Visit visit) throws IOException {
      visit.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
      visit.halfClose();
      visit.waitForEnd();
    }
  };

  private static final byte[] MEGABYTE = new byte[1024 * 1024];
  private static final int TEN_MEGABYTES = 10 * MEGABYTE.length;

  /** Of 40 KB, within what is read of an answer; 40 MB when unpacked. */
  private static final byte[] BOMB = gzip(40);

  private final boolean takes;

  Hostility(boolean takes) {
    this.takes = takes;
  }

  /** Returns whether the receiver accepts the delivery: it sends a 2xx status, whatever else. */
  boolean takes() {
    return takes;
  }

  /** Answers a request that has been read. The connection is closed when this returns. */
  abstract void answer(Visit visit) throws IOException, InterruptedException;

  /** Sends without end, as fast as it can. */
  private static void flood(Visit visit, String first, String again) throws IOException {
    visit.write(first);
    String much = again.repeat(1 + 60_000 / again.length());
    while (true) {
      visit.write(much);
    }
  }

  private static byte[] gzip(int megabytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < megabytes; i++) {
        gzip.write(MEGABYTE);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }
}
