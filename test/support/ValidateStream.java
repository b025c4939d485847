import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Gives many documents to the JDK's Xerces in one JVM. Arguments: schema files. Standard input: frames of a four-byte
 * big-endian length and that many bytes. Standard output: one line per frame with, for each schema in turn and parted by
 * tabs, `valid`, or `invalid` or `malformed` with a colon and the first message in ASCII.
 */
public class ValidateStream {
  public static void main(String[] paths) throws Exception {
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    List<Validator> validators = new ArrayList<>();
    for (String path : paths) {
      validators.add(factory.newSchema(new File(path)).newValidator());
    }
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in, 1 << 16));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    while (true) {
      byte[] document;
      try {
        document = new byte[in.readInt()];
      } catch (EOFException end) {
        break;
      }
      in.readFully(document);
      List<String> verdicts = new ArrayList<>();
      for (Validator validator : validators) {
        verdicts.add(verdict(validator, document).replaceAll("[^ -~]", "?"));
      }
      out.println(String.join("\t", verdicts));
    }
    out.flush();
  }

  private static String verdict(Validator validator, byte[] document) throws Exception {
    FirstError errors = new FirstError();
    validator.setErrorHandler(errors);
    try {
      validator.validate(new StreamSource(new ByteArrayInputStream(document)));
    } catch (SAXException | java.io.IOException fatal) {
      return "malformed:" + fatal.getMessage();
    }
    return errors.message == null ? "valid" : "invalid:" + errors.message;
  }

  private static final class FirstError implements ErrorHandler {
    private String message;

    @Override
    public void warning(SAXParseException warning) {
      // A warning is no verdict: the document may still be valid.
    }

    @Override
    public void error(SAXParseException error) {
      if (message == null) {
        message = error.getMessage();
      }
    }

    @Override
    public void fatalError(SAXParseException fatal) throws SAXException {
      throw fatal;
    }
  }
}
