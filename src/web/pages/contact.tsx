// Where legal notices go, and what happens then.
import { safeHref } from '../links.ts';
import { say } from '../messages.ts';

/** `contact` is an e-mail address, an address of a page, or words. */
export const ContactText = ({ contact }: { contact: string | null }) => (
  <div class="reading prose">
    <h1>{say.contact}</h1>
    <p>{say.contactText}</p>
    <p>{contact === null ? say.noContact : <Contact contact={contact} />}</p>
    <p>{say.contactAfter}</p>
    <p>{say.contactCommunity}</p>
  </div>
);

function Contact({ contact }: { contact: string }) {
  const href = safeHref(/^[^\s@/]+@[^\s@/]+$/.test(contact) ? `mailto:${contact}` : contact);
  return (
    <>
      {say.contactBy} {href ? <a href={href}>{contact}</a> : contact}.
    </>
  );
}
