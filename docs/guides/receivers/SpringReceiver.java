import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A receiver in Spring, with Verify.java beside it. */
@RestController
public class SpringReceiver {
  private static final int MOST_BYTES = 1_000_000;
  private static final List<String> KEYS =
      Arrays.stream(System.getenv("WEBHOOK_KEYS").split("\\s+"))
          .filter(key -> !key.isEmpty())
          .toList();

  // a stream, not a class of your own: the signature is over the bytes as they came
  @PostMapping("/hook")
  public ResponseEntity<String> hook(
      @RequestHeader(name = "X-Determined-AI-Signature-Timestamp", defaultValue = "")
          String timestamp,
      @RequestHeader(name = "X-Determined-AI-Signature", defaultValue = "") String signature,
      InputStream in)
      throws GeneralSecurityException, IOException {
    byte[] body = in.readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      return ResponseEntity.status(413).body("too large");
    }
    if (!Verify.verify(KEYS, timestamp, body, signature, 300)) {
      return ResponseEntity.status(401).body("not verified");
    }
    System.out.println("verified " + body.length + " bytes");
    return ResponseEntity.noContent().build();
  }
}
