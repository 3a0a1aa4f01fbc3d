import java.security.GeneralSecurityException;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A receiver in Spring, with Verify.java beside it. */
@RestController
public class SpringReceiver {
  private static final List<String> KEYS = List.of(System.getenv("WEBHOOK_KEYS").split("\\s+"));

  // byte[], not a class of your own: the signature is over the bytes as they came
  @PostMapping("/hook")
  public ResponseEntity<String> hook(
      @RequestHeader("X-Determined-AI-Signature-Timestamp") String timestamp,
      @RequestHeader("X-Determined-AI-Signature") String signature,
      @RequestBody byte[] body)
      throws GeneralSecurityException {
    if (!Verify.verify(KEYS, timestamp, body, signature, 300)) {
      return ResponseEntity.status(401).body("not verified");
    }
    System.out.println("verified " + body.length + " bytes");
    return ResponseEntity.noContent().build();
  }
}
